package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A residual network as mobile ones are: each block's channels are made by a layer in four groups,
 * and read by such a one, in every other block after a depthwise layer between them. Blocks add to
 * the stream with very different gains. Random weights.
 */
public final class GroupedNetwork {
  static final int BLOCKS = 8;
  static final int GROUPS = 4;
  static final int WIDTH = 32;
  private static final int STREAM = 16;
  private static final int SIDE = 16;

  private final Random random = new Random(5);
  private final Network.Builder builder =
      new Network.Builder("grouped.onnx")
          .opset("", 17)
          .input(
              new Value(
                  "image",
                  ElementType.FLOAT,
                  List.of(
                      new Dimension.Fixed(1),
                      new Dimension.Fixed(3),
                      new Dimension.Fixed(SIDE),
                      new Dimension.Fixed(SIDE))));

  private GroupedNetwork() {}

  public static Anatomy anatomy() {
    return Anatomy.of(new GroupedNetwork().network(), Map.of("image", image(0).shape()));
  }

  /** Normally distributed. */
  public static Weight image(long seed) {
    Random pixels = new Random(seed);
    float[] values = new float[3 * SIDE * SIDE];
    IntStream.range(0, values.length).forEach(i -> values[i] = (float) pixels.nextGaussian());
    return Weight.ofFloats("image", Shape.of(1, 3, SIDE, SIDE), values);
  }

  /** What the grouped layer of a block makes, after its rectifier. */
  static String map(int block) {
    return "map" + block;
  }

  /** The channel groups of that. */
  static int[] groups(Anatomy anatomy, int block) {
    return anatomy.groups().channels(map(block)).map(Channels::groups).orElseThrow();
  }

  private Network network() {
    layer("x", "image", STREAM, 3, 3, 1, 1);
    String stream = relu("stream0", "x");
    for (int block = 0; block < BLOCKS; block++) {
      layer("y" + block, stream, WIDTH, STREAM, 3, GROUPS, 1);
      String map = relu(map(block), "y" + block);
      if (block % 2 == 1) {
        layer("d" + block, map, WIDTH, WIDTH, 3, WIDTH, 1);
        map = relu("deep" + block, "d" + block);
      }
      double gain = Math.pow(2, (block * 5) % BLOCKS - 6.0);
      layer("z" + block, map, STREAM, WIDTH, 1, GROUPS, gain);
      String next = "stream" + (block + 1);
      builder.node(node("Add", next, Map.of(), stream, "z" + block));
      stream = next;
    }
    layer("logits", stream, 4, STREAM, 1, 1, 0.5);
    return builder
        .output(
            new Value(
                "logits",
                ElementType.FLOAT,
                List.of(
                    new Dimension.Fixed(1),
                    new Dimension.Fixed(4),
                    new Dimension.Fixed(SIDE),
                    new Dimension.Fixed(SIDE))))
        .build();
  }

  private void layer(
      String output, String input, int outs, int ins, int side, int groups, double gain) {
    int each = ins / groups * side * side;
    float[] weights = new float[outs * each];
    IntStream.range(0, weights.length)
        .forEach(
            i -> {
              double spread = Math.pow(2, (i / each) % 5 - 2.0);
              weights[i] = (float) (gain * spread * random.nextGaussian() / Math.sqrt(each));
            });
    builder.weight(
        Weight.ofFloats(output + ".w", Shape.of(outs, ins / groups, side, side), weights));
    builder.weight(Weight.ofFloats(output + ".b", Shape.of(outs), new float[outs]));
    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("group", new Attribute.Int(groups));
    attributes.put("pads", new Attribute.Ints(Collections.nCopies(4, side / 2L)));
    builder.node(node("Conv", output, attributes, input, output + ".w", output + ".b"));
  }

  private String relu(String output, String input) {
    builder.node(node("Relu", output, Map.of(), input));
    return output;
  }

  private static Node node(
      String operator, String output, Map<String, Attribute> attributes, String... inputs) {
    return Node.of(output, operator, List.of(inputs), List.of(output), attributes);
  }
}
