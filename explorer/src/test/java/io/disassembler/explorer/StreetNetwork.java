package io.disassembler.explorer;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small U-Net that finds the nearest of some colours: kernel k of every layer is a noisy copy of
 * "is of category k modulo 5". Two layers at half the resolution are tied by a sum.
 */
final class StreetNetwork {
  private static final int COPIES = 8;
  private static final int CATEGORIES = Street.COLORS.size();
  private static final int KERNELS = COPIES * CATEGORIES;

  private final Random random = new Random(7);
  private final Network.Builder network = new Network.Builder("street").opset("", 17);

  // What each other category takes from a category's scores, and what they must be above.
  private final float contrast;
  private final float threshold;

  private StreetNetwork(float contrast, float threshold) {
    this.contrast = contrast;
    this.threshold = threshold;
  }

  /** Scores that are higher for the right category. */
  static Network build() {
    return new StreetNetwork(0, 0).network();
  }

  /** Scores that are above 0 where a pixel is of a category. */
  static Network independent() {
    return new StreetNetwork(1f / (CATEGORIES - 1), 6).network();
  }

  private Network network() {
    network.input(new Value("image", ElementType.FLOAT, maps(3)));
    colors();
    layer("enc1.conv1.relu", "enc1.conv2", KERNELS, KERNELS);
    node(
        "pool",
        "MaxPool",
        List.of("enc1.conv2.relu"),
        Map.of("kernel_shape", two(), "strides", two()));
    layer("pool", "mid.conv1", 2 * KERNELS, KERNELS);
    layer("mid.conv1.relu", "mid.conv2", 2 * KERNELS, 2 * KERNELS);
    node("mid.sum", "Add", List.of("mid.conv1.relu", "mid.conv2.relu"), Map.of());
    network.weight(Weight.ofFloats("scales", Shape.of(4), new float[] {1, 1, 2, 2}));
    node(
        "up",
        "Resize",
        List.of("mid.sum", "", "scales"),
        Map.of("mode", new Attribute.Text("nearest")));
    node("skip", "Concat", List.of("up", "enc1.conv2.relu"), Map.of("axis", new Attribute.Int(1)));
    layer("skip", "dec1.conv1", KERNELS, 3 * KERNELS);
    layer("dec1.conv1.relu", "dec1.conv2", KERNELS, KERNELS);
    classifier();
    return network.output(new Value("logits", ElementType.FLOAT, maps(CATEGORIES))).build();
  }

  /** Each kernel's value is the higher, the nearer a pixel's colour is to the category's. */
  private void colors() {
    float[] weights = new float[KERNELS * 3 * 9];
    float[] biases = new float[KERNELS];
    for (int k = 0; k < KERNELS; k++) {
      float[] color = Street.COLORS.get(k % CATEGORIES).getRGBColorComponents(null);
      double gain = 0.8 + 0.4 * random.nextDouble();
      double length = 0;
      for (int c = 0; c < 3; c++) {
        length += color[c] * color[c];
        weights[(k * 3 + c) * 9 + 4] = (float) (gain * 2 * color[c]);
      }
      biases[k] = (float) (gain * (0.9 - length));
    }
    convolution("image", "enc1.conv1", weights, Shape.of(KERNELS, 3, 3, 3), biases);
    node("enc1.conv1.relu", "Relu", List.of("enc1.conv1"), Map.of());
  }

  private void layer(String from, String to, int kernels, int channels) {
    float[] weights = new float[kernels * channels * 9];
    for (int k = 0; k < kernels; k++) {
      for (int c = 0; c < channels; c++) {
        boolean same = k % CATEGORIES == c % CATEGORIES;
        double share = same ? (double) CATEGORIES / channels : 0;
        for (int tap = 0; tap < 9; tap++) {
          double spread = tap == 4 ? 0.8 : 0.025;
          weights[(k * channels + c) * 9 + tap] =
              (float)
                  (share * spread * (0.7 + 0.6 * random.nextDouble())
                      + 0.02 * random.nextGaussian() / channels);
        }
      }
    }
    convolution(from, to, weights, Shape.of(kernels, channels, 3, 3), new float[kernels]);
    node(to + ".relu", "Relu", List.of(to), Map.of());
  }

  private void classifier() {
    float[] biases = new float[CATEGORIES];
    Arrays.fill(biases, -threshold);
    float[] weights = new float[CATEGORIES * KERNELS];
    for (int c = 0; c < CATEGORIES; c++) {
      for (int k = 0; k < KERNELS; k++) {
        weights[c * KERNELS + k] = (k % CATEGORIES == c ? 1 : -contrast) * 40f / COPIES;
      }
    }
    convolution("dec1.conv2.relu", "logits", weights, Shape.of(CATEGORIES, KERNELS, 1, 1), biases);
  }

  private void convolution(String from, String to, float[] weights, Shape shape, float[] biases) {
    long pad = shape.dimension(2) / 2;
    network
        .weight(Weight.ofFloats(to + ".weight", shape, weights))
        .weight(Weight.ofFloats(to + ".bias", Shape.of(biases.length), biases))
        .node(
            Node.of(
                to,
                "Conv",
                List.of(from, to + ".weight", to + ".bias"),
                List.of(to),
                Map.of("pads", Attribute.Ints.of(pad, pad, pad, pad))));
  }

  private void node(
      String name, String operator, List<String> inputs, Map<String, Attribute> attributes) {
    network.node(Node.of(name, operator, inputs, List.of(name), attributes));
  }

  private static Attribute two() {
    return Attribute.Ints.of(2, 2);
  }

  private static List<Dimension> maps(int channels) {
    return List.of(
        new Dimension.Symbolic("n"),
        new Dimension.Fixed(channels),
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"));
  }
}
