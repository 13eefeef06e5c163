package io.disassembler.attribution;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between which numbers a network's values lie whatever the image, by its graph alone. */
final class Ranges {
  /** Larger weights are kernels; nobody asks for their range. */
  private static final long MOST_ELEMENTS = 4096;

  private Ranges() {}

  /** The range of one value. */
  static Interval of(Program program, String value) {
    boolean[] needed = program.needed(value);
    Map<String, Interval> found = new HashMap<>();
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        Program.Step step = program.steps().get(i);
        List<Interval> inputs =
            step.node().inputs().stream().map(input -> range(program, found, input)).toList();
        Interval range = step.operator().range(inputs);
        step.node().outputs().forEach(output -> found.put(output, range));
      }
    }
    return range(program, found, value);
  }

  private static Interval range(Program program, Map<String, Interval> found, String value) {
    Interval made = found.get(value);
    if (made != null) {
      return made;
    }
    return program
        .network()
        .weight(value)
        .filter(weight -> weight.type() == ElementType.FLOAT)
        .filter(weight -> weight.shape().elements() <= MOST_ELEMENTS)
        .map(Ranges::range)
        .orElse(Interval.ALL);
  }

  private static Interval range(Weight weight) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float element : weight.floats()) {
      low = Math.min(low, element);
      high = Math.max(high, element);
    }
    return Interval.of(low, high);
  }
}
