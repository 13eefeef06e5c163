package io.disassembler.surgery;

import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.PassThrough;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Changes one element of a small integer tensor (a shape, say) at its source: follows the element
 * back through data movement to the stored number, and rebuilds the way from there with private
 * copies, so that no other reader notices.
 */
final class EntryRewriting {
  private final Network network;
  private final Probe probe;
  private final Map<String, Program.Step> producers = new HashMap<>();
  private final Function<Weight, String> store;
  private final Consumer<Node> emit;
  private int copies;

  /**
   * @param store stores a new weight and returns its name
   * @param emit takes a node that must run before the node being cut
   */
  EntryRewriting(
      Program program, Probe probe, Function<Weight, String> store, Consumer<Node> emit) {
    this.network = program.network();
    this.probe = probe;
    this.store = store;
    this.emit = emit;
    for (Program.Step step : program.steps()) {
      step.node().outputs().forEach(output -> producers.put(output, step));
    }
  }

  /** {@code value} with {@code entry} replaced; {@code value} itself if it is computed. */
  String rewrite(String value, int entry, long number) {
    Weight weight = network.weights().get(value);
    if (weight != null) {
      return rewrite(weight, entry, number);
    }
    Program.Step step = producers.get(value);
    if (step == null) {
      return value;
    }
    Source source = source(step, value, entry);
    if (source == null) {
      return value;
    }
    String from = step.node().input(source.input());
    String changed = rewrite(from, source.entry(), number);
    if (changed.equals(from)) {
      return value;
    }
    String copy = value + "/cut" + copies++;
    emit.accept(
        step.node()
            .withInput(source.input(), changed)
            .withOutputs(List.of(copy))
            .withName(step.node().label() + "/cut" + copies));
    return copy;
  }

  private String rewrite(Weight weight, int entry, long number) {
    long[] numbers = probe.integers(weight.name());
    if (numbers[entry] == number) {
      return weight.name();
    }
    numbers[entry] = number;
    return store.apply(
        NativeScope.in(
            () ->
                TensorData.toWeight(
                    weight.name(),
                    TensorData.ofLongs(numbers, weight.shape().dimensions())
                        .to(TensorData.scalarType(weight.type())))));
  }

  private record Source(int input, int entry) {}

  /** Which element of which operand element {@code entry} of {@code value} is a copy of. */
  private @Nullable Source source(Program.Step step, String value, int entry) {
    if (step.operator() instanceof PassThrough) {
      return probe.shape(step.node().input(0)).equals(probe.shape(value))
          ? new Source(0, entry)
          : null;
    }
    if (!(step.operator() instanceof DataMovement movement)) {
      return null;
    }
    int output = step.node().outputs().indexOf(value);
    long label = NativeScope.in(() -> trace(step, movement, output, entry));
    long rest = label - 1;
    for (int input = 0; input < step.node().inputs().size() && rest >= 0; input++) {
      if (movement.moves(input) && !step.node().input(input).isEmpty()) {
        long elements = probe.shape(step.node().input(input)).elements();
        if (rest < elements) {
          return new Source(input, Math.toIntExact(rest));
        }
        rest -= elements;
      }
    }
    return null;
  }

  /** Runs the operator on tensors that number all moved elements from 1. */
  private long trace(Program.Step step, DataMovement movement, int output, int entry) {
    IntPredicate moves = movement::moves;
    List<@Nullable Tensor> tensors = new ArrayList<>();
    long next = 1;
    for (int input = 0; input < step.node().inputs().size(); input++) {
      String name = step.node().input(input);
      if (name.isEmpty()) {
        tensors.add(null);
        continue;
      }
      Shape shape = probe.shape(name);
      long[] numbers;
      if (moves.test(input)) {
        numbers = new long[Math.toIntExact(shape.elements())];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = next++;
        }
      } else {
        numbers = probe.integers(name);
      }
      tensors.add(TensorData.ofLongs(numbers, shape.dimensions()));
    }
    List<Tensor> moved = step.operator().run(new Inputs(tensors, step.node().outputs().size()));
    return TensorData.longs(moved.get(output))[entry];
  }
}
