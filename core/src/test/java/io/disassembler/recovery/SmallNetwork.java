package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.Cutter;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Networks of a few layers on normally distributed images of 3 channels, node by node. */
final class SmallNetwork {
  private static final int SIZE = 12;
  private static final Shape IMAGE = Shape.of(1, 3, SIZE, SIZE);

  private final Network.Builder builder =
      new Network.Builder("small.onnx")
          .opset("", 17)
          .input(new Value("image", ElementType.FLOAT, dimensions(3, SIZE)));
  private final Random random = new Random(5);

  SmallNetwork node(
      String operator, List<String> inputs, String output, Map<String, Attribute> attributes) {
    builder.node(Node.of(output, operator, inputs, List.of(output), attributes));
    return this;
  }

  SmallNetwork node(String operator, List<String> inputs, String output) {
    return node(operator, inputs, output, Map.of());
  }

  SmallNetwork weight(String name, Shape shape, float... values) {
    builder.weight(Weight.ofFloats(name, shape, values));
    return this;
  }

  /** A weight of normally distributed numbers. */
  SmallNetwork weight(String name, Shape shape) {
    return weight(name, shape, gaussians(random, shape));
  }

  static Map<String, Attribute> axis(int axis) {
    return Map.of("axis", new Attribute.Int(axis));
  }

  /** Taken apart, with an output of {@code channels} channels of {@code size} x {@code size}. */
  Anatomy anatomy(String output, int channels, int size) {
    Network network =
        builder.output(new Value(output, ElementType.FLOAT, dimensions(channels, size))).build();
    return Anatomy.of(network, Map.of("image", IMAGE));
  }

  private static List<Dimension> dimensions(long channels, long size) {
    return List.of(
        new Dimension.Fixed(1),
        new Dimension.Fixed(channels),
        new Dimension.Fixed(size),
        new Dimension.Fixed(size));
  }

  private static float[] gaussians(Random random, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /**
   * What is left of the one-shot recovery's squared error at the output when the loop is closed, on
   * images that neither has seen; {@code channel} of {@code value} is removed.
   */
  static double errorLeft(Anatomy anatomy, String value, int channel) {
    BitSet kept = Selection.all(anatomy.groups()).kept();
    kept.clear(anatomy.groups().channels(value).orElseThrow().groups()[channel]);
    Selection selection = Selection.of(anatomy.groups(), kept);
    Profile profile = Profiles.random(anatomy, 8, 1);
    String output = anatomy.network().outputs().get(0).name();
    Calibration calibration =
        Calibration.of(
            anatomy, output, images(0, 24).stream().map(image -> Map.of("image", image)).toList());
    Anatomy oneShot = Recovery.recover(anatomy, selection, profile, RecoveryMethod.RIDGE);
    Anatomy closed = ClosedLoop.recover(anatomy, selection, profile, calibration, List.of(0));
    List<Weight> unseen = images(24, 40);
    return error(anatomy, Cutter.cut(closed, selection), unseen)
        / error(anatomy, Cutter.cut(oneShot, selection), unseen);
  }

  private static List<Weight> images(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(seed -> Weight.ofFloats("image", IMAGE, gaussians(new Random(seed), IMAGE)))
        .toList();
  }

  private static double error(Anatomy anatomy, Network network, List<Weight> images) {
    double sum = 0;
    for (Weight image : images) {
      float[] expected = TrialRun.run(anatomy.network(), image, 1);
      float[] found = TrialRun.run(network, image, 1);
      for (int i = 0; i < expected.length; i++) {
        sum += (expected[i] - found[i]) * (expected[i] - found[i]);
      }
    }
    return sum;
  }
}
