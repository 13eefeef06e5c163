package io.disassembler.probe;

import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.NearestPixels;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.ImageBatch;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Asks what of each removed category a linear classifier can still read from the last feature map
 * of a sub-network, and from the full network's for comparison. Every other image teaches the
 * classifiers what the full network decides there; the rest judge them.
 */
public final class CategoryProbe {
  private static final int LEAST_IMAGES = 4;

  private final Subject full;
  private final NetworkCard card;
  private final Logits logits;
  private final List<Reading> readings = new ArrayList<>();

  /**
   * A network to ask.
   *
   * @param file where it is
   * @param anatomy taken apart at the shape of {@code input}
   * @param input its image
   * @param output the output that counts
   */
  public record Subject(Path file, Anatomy anatomy, NetworkInput input, String output) {}

  /** One network whose features are read. */
  private static final class Reading {
    final Subject network;
    final String features;
    final LinearReader reader;
    final ReadCounts counts;

    Reading(Subject network, int categories) {
      this.network = network;
      features = LastFeatures.of(network.anatomy(), network.output());
      Shape shape = network.anatomy().probe().shape(features);
      reader = new LinearReader(Math.toIntExact(shape.dimension(1)), categories);
      counts = new ReadCounts(categories);
    }
  }

  private CategoryProbe(Subject full, NetworkCard card, List<Subject> subNetworks) {
    this.full = full;
    this.card = card;
    logits = Logits.of(full.anatomy());
    if (logits.categories() < 2) {
      throw new UnattainableException(
          "%s: it has one category, so that none was removed".formatted(full.file()));
    }
    readings.add(new Reading(full, logits.categories()));
    subNetworks.forEach(network -> readings.add(new Reading(network, logits.categories())));
  }

  /**
   * Asks.
   *
   * @param card of the full network
   * @param subNetworks cut from {@code full}
   * @param samples images; masks are not looked at
   * @param keepGoing whether more than 5 % broken images are tolerated
   * @param listener told how many images were looked at
   * @return what can be read from each sub-network, in their order
   * @throws InvalidInputException if a network was not cut from the full one, or there are fewer
   *     than 4 images
   * @throws UnattainableException if a network has no feature map that its last layer reads
   */
  public static List<ProbedNetwork> run(
      Subject full,
      NetworkCard card,
      List<Subject> subNetworks,
      List<Sample> samples,
      boolean keepGoing,
      IntConsumer listener) {
    List<CategoryMapping> mappings =
        subNetworks.stream().map(network -> mapping(card, network)).toList();
    CategoryProbe probe = new CategoryProbe(full, card, subNetworks);
    probe.look(samples, keepGoing, listener);
    List<ProbedNetwork> probed = new ArrayList<>();
    for (int i = 0; i < subNetworks.size(); i++) {
      probed.add(
          ProbedNetwork.of(
              subNetworks.get(i).file(),
              mappings.get(i),
              probe.readings.get(i + 1).counts,
              probe.readings.get(0).counts));
    }
    return probed;
  }

  private static CategoryMapping mapping(NetworkCard card, Subject network) {
    Map<String, String> metadata = network.anatomy().network().metadata();
    CategoryMapping mapping =
        CategoryMapping.fromMetadata(metadata, network.file().toString())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        network.file() + ": no sub-network; expected one that extract made"));
    if (!mapping.source().equals(card.categories())) {
      throw new InvalidInputException(
          "%s: was cut from a network of the categories %s, the full one has %s"
              .formatted(network.file(), mapping.source(), card.categories()));
    }
    return mapping;
  }

  private void look(List<Sample> samples, boolean keepGoing, IntConsumer listener) {
    if (samples.size() < LEAST_IMAGES) {
      throw new InvalidInputException(
          "probing: expected at least %d images, half of which judge what the others taught; found %d"
              .formatted(LEAST_IMAGES, samples.size()));
    }
    List<Sample> teaching = new ArrayList<>();
    List<Sample> judging = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      (i % 2 == 0 ? teaching : judging).add(samples.get(i));
    }
    try (Crew crew = Crew.ofOne(full.anatomy().threads());
        Engines engines = new Engines(crew)) {
      engines.each(teaching, keepGoing, listener, 0, (r, f, labels) -> r.reader.learn(f, labels));
      readings.forEach(reading -> reading.reader.finish());
      engines.each(
          judging,
          keepGoing,
          listener,
          teaching.size(),
          (r, f, labels) -> r.counts.add(labels, r.reader.read(f)));
    }
  }

  /** What is done with the pixels of an image: features (C, P), and P decisions. */
  private interface Use {
    void pixels(Reading reading, Tensor features, int[] labels);
  }

  /** What the full network decides, category numbers by rows. */
  private record Decisions(Size size, int[] categories) {

    /** At the places of a map of another size. */
    int[] at(Size map) {
      return Arrays.stream(NearestPixels.of(size, map)).map(pixel -> categories[pixel]).toArray();
    }
  }

  /**
   * The networks, ready to run: the full one, which decides and is read in one run, and the rest.
   */
  private final class Engines implements AutoCloseable {
    private final Engine deciding;
    private final List<Engine> engines = new ArrayList<>();

    Engines(Crew crew) {
      deciding = logits.engine(full.anatomy(), "cpu", crew);
      readings.stream().skip(1).forEach(reading -> engines.add(reading.network.anatomy().engine()));
    }

    void each(List<Sample> samples, boolean keepGoing, IntConsumer listener, int before, Use use) {
      Preprocessor preprocessor = new Preprocessor(card, full.input().size());
      int seen = before;
      try (ImageLoader loader = new ImageLoader(samples, preprocessor, keepGoing)) {
        Iterator<ImageBatch> batches =
            ImageBatch.all(loader, 1, NetworkInput.fixedBatch(full.anatomy().network()));
        while (batches.hasNext()) {
          ImageBatch batch = batches.next();
          look(
              ImageBatch.of(full.input().name(), full.input().size(), batch.images()),
              batch.distinct(),
              use);
          seen += batch.distinct();
          listener.accept(seen);
        }
      }
    }

    private void look(Weight images, int count, Use use) {
      Reading whole = readings.get(0);
      List<Decisions> decisions =
          deciding.run(
              Map.of(full.input().name(), images),
              ForwardRequest.keeping(Set.of(logits.value(), whole.features)),
              forward -> {
                List<Decisions> decided = decisions(forward.value(logits.value()), count);
                use(whole, forward.value(whole.features), decided, use);
                return decided;
              });
      for (int i = 0; i < engines.size(); i++) {
        Reading reading = readings.get(i + 1);
        boolean unused =
            engines
                .get(i)
                .run(
                    Map.of(reading.network.input().name(), images),
                    ForwardRequest.keeping(Set.of(reading.features)),
                    forward -> {
                      use(reading, forward.value(reading.features), decisions, use);
                      return true;
                    });
      }
    }

    private void use(Reading reading, Tensor features, List<Decisions> decisions, Use use) {
      long[] sizes = TensorData.sizes(features);
      for (int n = 0; n < decisions.size(); n++) {
        use.pixels(
            reading, features.select(0, n).reshape(sizes[1], -1), decisions.get(n).at(size(sizes)));
      }
    }

    private static Size size(long[] sizes) {
      return Size.of(Arrays.copyOfRange(sizes, 2, sizes.length));
    }

    private static List<Decisions> decisions(Tensor scores, int count) {
      long[] sizes = TensorData.sizes(scores);
      List<Decisions> decisions = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        long[] best = TensorData.longs(scores.select(0, n).argmax(new LongOptional(0), false));
        int[] categories = new int[best.length];
        for (int pixel = 0; pixel < best.length; pixel++) {
          categories[pixel] = (int) best[pixel];
        }
        decisions.add(new Decisions(size(sizes), categories));
      }
      return decisions;
    }

    @Override
    public void close() {
      engines.forEach(Engine::close);
      deciding.close();
    }
  }
}
