package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NearestPixels;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.input.ImageBatch;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.ProfileHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Learns from batches of images what each contributes to a profile: one forward pass per batch and,
 * for each profiled category present in it, one backward pass to the feature maps. For any number
 * of threads.
 */
public final class Profiler {
  private final Engine engine;
  private final String input;
  private final Logits logits;
  private final List<FeatureMap> featureMaps;
  private final ProfileHeader header;
  private final ForwardRequest request;

  /**
   * @param input the graph input that takes the images
   * @param header gives tau, the height and width of the images, and which categories are profiled
   */
  public Profiler(
      Engine engine,
      String input,
      Logits logits,
      List<FeatureMap> featureMaps,
      ProfileHeader header) {
    this.engine = engine;
    this.input = input;
    this.logits = logits;
    this.featureMaps = List.copyOf(featureMaps);
    this.header = header;
    Set<String> names = featureMaps.stream().map(FeatureMap::name).collect(Collectors.toSet());
    this.request = ForwardRequest.differentiating(names).keepingAlso(Set.of(logits.value()));
  }

  /**
   * What each image of a batch contributes. Images do not influence each other.
   *
   * @param batch images of the header's height and width, with labels if the header says so
   */
  public List<ImageProfile> profile(List<LoadedImage> batch) {
    return engine.run(
        Map.of(input, ImageBatch.of(input, header.size(), batch)),
        request,
        forward -> attribute(forward, batch));
  }

  /** Which profiled categories each image of a batch would count for; without any backward pass. */
  List<Set<Integer>> shown(List<LoadedImage> batch) {
    return engine.run(
        Map.of(input, ImageBatch.of(input, header.size(), batch)),
        ForwardRequest.keeping(Set.of(logits.value())),
        forward ->
            masks(forward.value(logits.value()), batch).stream()
                .map(mask -> Set.copyOf(mask.categories()))
                .toList());
  }

  private List<ImageProfile> attribute(Forward forward, List<LoadedImage> batch) {
    Tensor maps = forward.value(logits.value());
    List<ConfidenceMask> masks = masks(maps, batch);
    List<ImageAttribution> found = new BatchAttribution(forward, maps, featureMaps, masks).run();
    List<ImageProfile> profiles = new ArrayList<>();
    for (int n = 0; n < batch.size(); n++) {
      profiles.add(found.get(n).profile(batch.get(n).sample().name(), batch.get(n).content()));
    }
    return profiles;
  }

  private List<ConfidenceMask> masks(Tensor maps, List<LoadedImage> batch) {
    requireMapForEach(maps, batch.size());
    List<ConfidenceMask> masks = new ArrayList<>();
    for (int n = 0; n < batch.size(); n++) {
      Tensor image = maps.detach().select(0, n);
      int[] labels = labels(batch.get(n), image);
      masks.add(
          header.independent()
              ? ConfidenceMask.ofEach(image, header.threshold(), labels, header.profiled())
              : ConfidenceMask.of(image, header.threshold(), labels, header.profiled()));
    }
    return masks;
  }

  private void requireMapForEach(Tensor maps, int images) {
    if (maps.size(0) != images) {
      throw new InvalidInputException(
          "output '%s': expected maps for %d images, found maps for %d; the network does not treat images one by one"
              .formatted(header.output(), images, maps.size(0)));
    }
  }

  /** The labels at the nearest pixels of the logits, which may be of a lower resolution. */
  private int @Nullable [] labels(LoadedImage image, Tensor logits) {
    if (!header.labelled()) {
      return null;
    }
    LabelMap labels = image.labels();
    if (labels == null) {
      throw new IllegalArgumentException("no labels for image " + image.sample().name());
    }
    Size maps = Size.of(LongStream.of(TensorData.sizes(logits)).skip(1).toArray());
    return Arrays.stream(NearestPixels.of(labels.size(), maps))
        .map(pixel -> labels.values()[pixel])
        .toArray();
  }
}
