package io.disassembler.attribution;

import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.input.ImageBatch;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.FeatureMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * How strongly each of some images excites each channel of a network's feature maps. Immutable, for
 * use by many threads.
 */
@Stable
public final class Excitations {
  private final List<Sample> samples;
  private final Map<String, List<float[]>> peaks;

  /**
   * An image and how strongly it excites a channel.
   *
   * @param peak the channel's largest activation anywhere in the image
   */
  public record Excitation(Sample sample, float peak) {}

  /**
   * What a channel makes of an image, or of a volume in its middle slice.
   *
   * @param values height x width activations, row-major; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
  public record ActivationMap(int height, int width, float[] values) {}

  private Excitations(List<Sample> samples, Map<String, List<float[]>> peaks) {
    this.samples = samples;
    this.peaks = peaks;
  }

  /**
   * Runs the network over the next images, one by one, and notes the peak of every channel.
   *
   * @param featureMaps where to look
   * @param images those that are left of it are for another run
   * @param most number of images to run over
   * @throws io.disassembler.base.InvalidInputException if too many of the images are broken,
   *     counted since the first that was loaded
   */
  public static Excitations of(
      Anatomy anatomy,
      NetworkInput input,
      List<FeatureMap> featureMaps,
      ImageLoader images,
      int most) {
    List<Sample> seen = new ArrayList<>();
    Map<String, List<float[]>> peaks =
        featureMaps.stream().collect(Collectors.toMap(FeatureMap::name, map -> new ArrayList<>()));
    try (Engine engine = anatomy.engine()) {
      while (seen.size() < most && images.hasNext()) {
        LoadedImage image = images.next();
        seen.add(image.sample());
        run(
            engine,
            input,
            image,
            peaks.keySet(),
            values -> {
              featureMaps.forEach(map -> note(peaks, map, values.apply(map.name())));
              return true;
            });
      }
    }
    return new Excitations(List.copyOf(seen), peaks);
  }

  /** These images and then those of another run over the same feature maps. */
  public Excitations plus(Excitations other) {
    Map<String, List<float[]>> all = new HashMap<>();
    peaks.forEach((map, found) -> all.put(map, joined(found, other.found(map))));
    return new Excitations(joined(samples, other.samples), all);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private List<float[]> found(String featureMap) {
    List<float[]> found = peaks.get(featureMap);
    if (found == null) {
      throw new IllegalArgumentException("no such feature map: " + featureMap);
    }
    return found;
  }

  /** The images that excite a channel most, the strongest first; those that do not are left out. */
  public List<Excitation> strongest(String featureMap, int channel, int most) {
    List<float[]> found = found(featureMap);
    return IntStream.range(0, samples.size())
        .mapToObj(image -> new Excitation(samples.get(image), found.get(image)[channel]))
        .filter(excitation -> excitation.peak() > 0)
        .sorted(Comparator.comparingDouble(excitation -> -excitation.peak()))
        .limit(most)
        .toList();
  }

  /** Number of images that were seen; broken ones are not. */
  public int images() {
    return samples.size();
  }

  /**
   * What a channel makes of some images, in their order. Those that are broken have no map.
   *
   * @throws io.disassembler.base.InvalidInputException if all of the images are broken
   */
  public static Map<Sample, ActivationMap> maps(
      Anatomy anatomy,
      NetworkInput input,
      NetworkCard card,
      FeatureMap featureMap,
      int channel,
      List<Sample> samples) {
    Map<Sample, ActivationMap> maps = new LinkedHashMap<>();
    Preprocessor preprocessor = new Preprocessor(card, input.size());
    try (Engine engine = anatomy.engine();
        ImageLoader images = new ImageLoader(samples, preprocessor, true)) {
      while (images.hasNext()) {
        LoadedImage image = images.next();
        maps.put(
            image.sample(),
            run(
                engine,
                input,
                image,
                Set.of(featureMap.name()),
                values -> map(values.apply(featureMap.name()), featureMap, channel)));
      }
    }
    return maps;
  }

  private static void note(Map<String, List<float[]>> peaks, FeatureMap map, Tensor value) {
    peaks.computeIfAbsent(map.name(), key -> new ArrayList<>()).add(peaks(value, map));
  }

  private static float[] peaks(Tensor value, FeatureMap map) {
    Tensor byChannel = value.select(0, 0).movedim(map.axis() - 1, 0).reshape(map.channels(), -1);
    return TensorData.floats(byChannel.amax(new long[] {1}, false));
  }

  private static ActivationMap map(Tensor value, FeatureMap map, int channel) {
    Tensor whole = value.select(0, 0).select(map.axis() - 1, channel);
    Tensor plane = whole.dim() == 3 ? whole.select(0, whole.size(0) / 2) : whole;
    long[] sizes = TensorData.sizes(plane);
    float[] values = TensorData.floats(plane);
    return sizes.length == 2
        ? new ActivationMap((int) sizes[0], (int) sizes[1], values)
        : new ActivationMap(1, values.length, values);
  }

  private static <T> T run(
      Engine engine,
      NetworkInput input,
      LoadedImage image,
      Set<String> keep,
      Function<Function<String, Tensor>, T> use) {
    List<LoadedImage> batch = Collections.nCopies(input.batch(), image);
    return engine.run(
        Map.of(input.name(), ImageBatch.of(input.name(), input.size(), batch)),
        ForwardRequest.keeping(keep),
        forward -> use.apply(forward::value));
  }
}
