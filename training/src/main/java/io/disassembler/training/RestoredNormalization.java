package io.disassembler.training;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.ImageBatch;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Puts a BatchNormalization after each layer that feeds other layers and has none: exporters fold
 * them away. With mean m and variance v of the layer's output on some images it is given the scale
 * {@code sqrt(v + epsilon)} and the bias m, so that the network computes what it did.
 */
final class RestoredNormalization {
  private static final int IMAGES = 32;
  private static final int BATCH = 4;
  private static final float EPSILON = 1e-5f;

  /** An epoch's last fifty batches: small batches say little, and weights move little. */
  private static final float MOMENTUM = 0.98f;

  private static final String RAW = "/raw";

  private final Trainee trainee;
  private final Map<String, Statistics> statistics = new LinkedHashMap<>();

  /** Sums over images of the channels' means and mean squares. */
  private record Statistics(double[] mean, double[] square) {

    void add(Tensor value) {
      double[] means = TensorData.doubles(value.mean(0, 2, 3));
      double[] squares = TensorData.doubles(value.square().mean(0, 2, 3));
      for (int channel = 0; channel < mean.length; channel++) {
        mean[channel] += value.size(0) * means[channel];
        square[channel] += value.size(0) * squares[channel];
      }
    }
  }

  private RestoredNormalization(Trainee trainee) {
    this.trainee = trainee;
  }

  /** {@code trainee} with its normalisations back. */
  static Trainee of(Trainee trainee, List<Sample> samples, boolean keepGoing) {
    return new RestoredNormalization(trainee).restored(samples, keepGoing);
  }

  private Trainee restored(List<Sample> samples, boolean keepGoing) {
    Anatomy anatomy =
        Anatomy.of(trainee.program().network(), trainee.input().shapes(), trainee.threads());
    for (String value : bare(anatomy)) {
      int channels = Math.toIntExact(anatomy.probe().shape(value).dimension(1));
      statistics.put(value, new Statistics(new double[channels], new double[channels]));
    }
    int images = measure(samples, keepGoing);
    Network network = anatomy.network();
    Network.Builder builder = network.toBuilder().nodes(List.of());
    for (Node node : network.nodes()) {
      String value = node.outputs().get(0);
      Statistics found = statistics.get(value);
      if (found == null) {
        builder.node(node);
      } else {
        builder.node(node.withOutputs(List.of(value + RAW)));
        add(builder, value, found, images);
      }
    }
    return trainee.with(Program.parse(builder.build()));
  }

  /** Whether a normalisation along axis 1 can be folded again in the end. */
  private static boolean takesNormalization(Anatomy anatomy, int step, String value) {
    int channels = Math.toIntExact(anatomy.probe().shape(value).dimension(1));
    return FoldedNormalization.foldable(anatomy, step, channels)
        .filter(kernels -> kernels.inputAxis() == 1)
        .isPresent();
  }

  /** The outputs of layers that have no normalisation and feed other layers. */
  private static List<String> bare(Anatomy anatomy) {
    Set<String> read = new HashSet<>();
    List<String> bare = new ArrayList<>();
    for (int step = anatomy.steps() - 1; step >= 0; step--) {
      Program.Step layer = anatomy.step(step);
      String value = layer.node().outputs().get(0);
      boolean feeds = layer.node().outputs().stream().anyMatch(read::contains);
      if (feeds
          && isMap(anatomy.probe().shape(value))
          && takesNormalization(anatomy, step, value)
          && !isNormalized(anatomy, value)) {
        bare.add(0, value);
      }
      if (feeds || anatomy.kernels(step).isPresent()) {
        read.addAll(layer.node().inputs());
      }
    }
    return bare;
  }

  /** Statistics of a single pixel for each image would say little. */
  private static boolean isMap(Shape shape) {
    return shape.rank() == 4 && shape.dimension(2) * shape.dimension(3) > 1;
  }

  private static boolean isNormalized(Anatomy anatomy, String value) {
    return IntStream.range(0, anatomy.steps())
        .filter(step -> anatomy.step(step).node().inputs().contains(value))
        .anyMatch(step -> anatomy.affine(step).isPresent());
  }

  private int measure(List<Sample> samples, boolean keepGoing) {
    Preprocessor preprocessor = new Preprocessor(trainee.card(), trainee.input().size());
    ForwardRequest request =
        ForwardRequest.outputs()
            .transforming(
                (name, tensor) -> {
                  Statistics found = statistics.get(name);
                  if (found != null) {
                    found.add(tensor);
                  }
                  return tensor;
                });
    int images = 0;
    List<Sample> some = samples.stream().limit(IMAGES).toList();
    try (ImageLoader loader = new ImageLoader(some, preprocessor, keepGoing);
        Engine engine = trainee.engine("cpu")) {
      while (loader.hasNext()) {
        ImageBatch batch = ImageBatch.next(loader, BATCH, trainee.fixedBatch());
        images += batch.images().size();
        engine.run(
            Map.of(
                trainee.input().name(),
                ImageBatch.of(trainee.input().name(), preprocessor.size(), batch.images())),
            request,
            forward -> true);
      }
    }
    return images;
  }

  private static void add(Network.Builder builder, String value, Statistics found, int images) {
    int channels = found.mean().length;
    float[] means = new float[channels];
    float[] variances = new float[channels];
    float[] scales = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double mean = found.mean()[channel] / images;
      double variance = Math.max(0, found.square()[channel] / images - mean * mean);
      means[channel] = (float) mean;
      variances[channel] = (float) variance;
      scales[channel] = (float) Math.sqrt(variances[channel] + (double) EPSILON);
    }
    Shape shape = Shape.of(channels);
    List<Weight> weights =
        List.of(
            Weight.ofFloats(value + "/scale", shape, scales),
            Weight.ofFloats(value + "/shift", shape, means),
            Weight.ofFloats(value + "/running_mean", shape, means),
            Weight.ofFloats(value + "/running_var", shape, variances));
    weights.forEach(builder::weight);
    List<String> inputs = new ArrayList<>(List.of(value + RAW));
    weights.forEach(weight -> inputs.add(weight.name()));
    builder.node(
        Node.of(
            value + "/normalization",
            "BatchNormalization",
            inputs,
            List.of(value),
            Map.of(
                "epsilon", new Attribute.Real(EPSILON), "momentum", new Attribute.Real(MOMENTUM))));
  }
}
