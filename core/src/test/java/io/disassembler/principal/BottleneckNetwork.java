package io.disassembler.principal;

import io.disassembler.channel.Anatomy;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.selection.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A network with inverted bottlenecks around a residual stream that nothing rectifies, after a
 * layer {@code low} whose kernels are sums of a few, one in groups likewise, and one, {@code
 * first}, whose are not. Random weights.
 */
public final class BottleneckNetwork {
  static final int RANK = 3;
  static final int GROUPS = 2;
  static final int WIDE = 32;
  static final int STREAM = 16;
  private static final int SIDE = 12;
  private static final int CATEGORIES = 4;

  private final Random random = new Random(11);
  private final Network.Builder builder =
      new Network.Builder("bottleneck.onnx")
          .opset("", 17)
          .input(new Value("image", ElementType.FLOAT, List.of()));

  private BottleneckNetwork() {}

  public static Anatomy anatomy() {
    return Anatomy.of(new BottleneckNetwork().network(), Map.of("image", image(0).shape()));
  }

  /** Normally distributed. */
  public static Weight image(long seed) {
    Random pixels = new Random(seed);
    float[] values = new float[3 * SIDE * SIDE];
    IntStream.range(0, values.length).forEach(i -> values[i] = (float) pixels.nextGaussian());
    return Weight.ofFloats("image", Shape.of(1, 3, SIDE, SIDE), values);
  }

  /** Images as evidence wants them, besides a profile. */
  public static List<Map<String, Weight>> images(int count) {
    return IntStream.range(0, count).mapToObj(i -> Map.of("image", image(100 + i))).toList();
  }

  static Evidence evidence(Anatomy anatomy) {
    return new Evidence(Profiles.random(anatomy, 12, 3), images(12));
  }

  private Network network() {
    layer("first", "image", STREAM, 3, 3, STREAM);
    layer("high", relu("first"), WIDE, STREAM, 3, WIDE);
    layer("low", relu("high"), WIDE, WIDE, 3, RANK);
    layer("grouped", relu("low"), WIDE, WIDE, 3, RANK, GROUPS);
    layer("begin", relu("grouped"), STREAM, WIDE, 1, STREAM);
    String stream = "begin";
    for (int block = 0; block < 2; block++) {
      layer("wide" + block, stream, WIDE, STREAM, 1, WIDE);
      layer("narrow" + block, relu("wide" + block), STREAM, WIDE, 1, STREAM);
      String next = "stream" + block;
      builder.node(node("Add", next, Map.of(), stream, "narrow" + block));
      stream = next;
    }
    layer("logits", stream, CATEGORIES, STREAM, 1, CATEGORIES);
    return builder.output(new Value("logits", ElementType.FLOAT, List.of())).build();
  }

  private void layer(String output, String input, int out, int in, int side, int rank) {
    layer(output, input, out, in, side, rank, 1);
  }

  /**
   * A convolution that keeps the size, whose kernels are sums of {@code rank} ones in each of its
   * groups.
   */
  private void layer(String output, String input, int out, int in, int side, int rank, int groups) {
    int each = in / groups * side * side;
    float[][] few = new float[rank * groups][each];
    for (float[] kernel : few) {
      IntStream.range(0, each).forEach(i -> kernel[i] = (float) random.nextGaussian());
    }
    float[] kernels = new float[out * each];
    for (int k = 0; k < out; k++) {
      int first = k / (out / groups) * rank;
      for (int r = first; r < first + rank; r++) {
        double share = rank == out ? (r == k ? 1 : 0) : random.nextGaussian() / Math.sqrt(rank);
        for (int i = 0; i < each; i++) {
          kernels[k * each + i] += (float) (share * few[r][i] / Math.sqrt(each));
        }
      }
    }
    float[] biases = new float[out];
    IntStream.range(0, out).forEach(k -> biases[k] = 0.3f * (float) random.nextGaussian());
    builder.weight(
        Weight.ofFloats(output + ".weight", Shape.of(out, in / groups, side, side), kernels));
    builder.weight(Weight.ofFloats(output + ".bias", Shape.of(out), biases));
    int pad = side / 2;
    builder.node(
        node(
            "Conv",
            output,
            Map.of(
                "pads", Attribute.Ints.of(pad, pad, pad, pad), "group", new Attribute.Int(groups)),
            input,
            output + ".weight",
            output + ".bias"));
  }

  private String relu(String input) {
    builder.node(node("Relu", input + ".relu", Map.of(), input));
    return input + ".relu";
  }

  private static Node node(
      String operator, String output, Map<String, Attribute> attributes, String... inputs) {
    return Node.of(output, operator, List.of(inputs), List.of(output), new TreeMap<>(attributes));
  }
}
