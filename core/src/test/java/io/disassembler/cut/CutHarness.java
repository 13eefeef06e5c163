package io.disassembler.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.check.DoublePrecision;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.selection.Selection;
import java.util.Arrays;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** A network made ready for cutting, and the comparison of cut and masked. */
final class CutHarness {
  final Anatomy anatomy;
  final ChannelGroups groups;
  final Map<String, Weight> images = new HashMap<>();

  CutHarness(Network source, Map<String, Shape> inputs, long seed) {
    anatomy = Anatomy.of(source, inputs);
    groups = anatomy.groups();
    Random random = new Random(seed);
    for (Value input : anatomy.network().inputs()) {
      Shape shape = Objects.requireNonNull(inputs.get(input.name()));
      float[] pixels = new float[Math.toIntExact(shape.elements())];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      Weight image = Weight.ofFloats(input.name(), shape, pixels);
      images.put(
          input.name(), input.type() == ElementType.DOUBLE ? DoublePrecision.of(image) : image);
    }
  }

  List<double[]> full(ForwardRequest request) {
    return run(anatomy.program(), request);
  }

  List<double[]> masked(Selection selection) {
    return run(anatomy.program(), Masking.mask(ForwardRequest.outputs(), groups, selection));
  }

  /** The selection that keeps those channel groups. */
  Selection keeping(int... kept) {
    BitSet bits = new BitSet();
    for (int group : kept) {
      bits.set(group);
    }
    return Selection.of(groups, bits);
  }

  /** The selection that keeps the first group of each family only. */
  Selection least() {
    Map<Integer, Integer> first = new TreeMap<>();
    groups.groups().forEach(group -> first.putIfAbsent(group.family(), group.id()));
    return keeping(first.values().stream().mapToInt(i -> i).toArray());
  }

  Network cut(Selection selection) {
    return Cutter.cut(anatomy, selection);
  }

  List<double[]> run(Network other) {
    return run(Program.parse(other), ForwardRequest.outputs());
  }

  private List<double[]> run(Program other, ForwardRequest request) {
    try (Engine engine = Engine.of(other)) {
      return engine.run(
          images,
          request,
          forward ->
              other.network().outputs().stream()
                  .map(output -> TensorData.doubles(forward.value(output.name())))
                  .toList());
    }
  }

  /** Largest difference of all outputs, relative to the range of {@code expected}. */
  static double difference(List<double[]> expected, List<double[]> found) {
    assertThat(found).hasSameSizeAs(expected);
    double worst = 0;
    for (int output = 0; output < expected.size(); output++) {
      worst = Math.max(worst, difference(expected.get(output), found.get(output)));
    }
    return worst;
  }

  /** The spacing of 32-bit floats as large as the outputs are, relative to the outputs' range. */
  static double resolution(List<double[]> outputs) {
    double worst = 0;
    for (double[] output : outputs) {
      double largest = Arrays.stream(output).map(Math::abs).max().orElse(0);
      worst = Math.max(worst, Math.ulp((float) largest) / range(output));
    }
    return worst;
  }

  /** From the lowest to the highest. */
  static double range(double[] values) {
    DoubleSummaryStatistics statistics = Arrays.stream(values).summaryStatistics();
    return Math.max(statistics.getMax() - statistics.getMin(), 1e-6);
  }

  private static double difference(double[] expected, double[] found) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - found[i]));
    }
    return largest / range(expected);
  }
}
