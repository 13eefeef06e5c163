package io.disassembler.cut;

import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Probe;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.PassThrough;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Changes one element of a small integer tensor (a shape, say). An element that is a stored number
 * is changed at its source: it is followed back through data movement, and the way from there is
 * rebuilt with private copies, so that no other reader notices. An element that is computed, from
 * the shape of what has been cut, is only changed where that does not come out right.
 */
final class EntryRewriting {
  private final Program program;
  private final Probe probe;
  private final CutIntegers integers;
  private final Map<String, Maker> makers = new HashMap<>();
  private final Map<String, String> originals = new HashMap<>();
  private final Function<Weight, String> store;
  private final ObjIntConsumer<Node> emit;
  private int copies;

  /** A node of the full network, or a private copy of it, and the step that it is. */
  private record Maker(int step, Node node) {}

  /** Which element of which operand an element is a copy of. */
  private record Source(int input, int entry) {}

  /**
   * @param integers what is computed in the cut network
   * @param store stores a new weight and returns its name
   * @param emit takes a node that must run before the node being cut, and the step it copies
   */
  EntryRewriting(
      Program program,
      Probe probe,
      CutIntegers integers,
      Function<Weight, String> store,
      ObjIntConsumer<Node> emit) {
    this.program = program;
    this.probe = probe;
    this.integers = integers;
    this.store = store;
    this.emit = emit;
    for (int step = 0; step < program.steps().size(); step++) {
      Node node = program.steps().get(step).node();
      for (String output : node.outputs()) {
        makers.put(output, new Maker(step, node));
      }
    }
  }

  /**
   * {@code value} with {@code entry} being {@code number}.
   *
   * @param reader the step that reads it
   */
  String rewrite(int reader, String value, int entry, long number) {
    String moved = rewrite(value, entry, number);
    long[] found = integers.of(moved);
    return found == null || found[entry] == number
        ? moved
        : scaled(reader, moved, entry, found[entry], number);
  }

  /**
   * Changes the one element of {@code value} from {@code found} to {@code number}, and no other, at
   * run time. It is multiplied by their ratio, unless it is 0: an extent may be the number of
   * channels times a height or width, and those differ between images.
   */
  private String scaled(int reader, String value, int entry, long found, long number) {
    Shape shape = shape(value);
    ElementType type = integers.type(value);
    if (found == 0) {
      long[] terms = new long[Math.toIntExact(shape.elements())];
      terms[entry] = number;
      String copy = combined(reader, "Add", value, shape, terms, type);
      integers.replace(value, entry, number, copy);
      return copy;
    }
    long[] parts = new long[Math.toIntExact(shape.elements())];
    long[] times = parts.clone();
    Arrays.fill(parts, 1);
    Arrays.fill(times, 1);
    long divisor = BigInteger.valueOf(found).gcd(BigInteger.valueOf(number)).longValue();
    parts[entry] = found / divisor;
    times[entry] = number / divisor;
    String divided = combined(reader, "Div", value, shape, parts, type);
    String copy = combined(reader, "Mul", divided, shape, times, type);
    integers.replace(value, entry, number, copy);
    return copy;
  }

  private String combined(
      int reader, String operator, String value, Shape shape, long[] numbers, ElementType type) {
    String other =
        store.apply(
            NativeScope.in(() -> integers(original(value) + "/" + operator, numbers, shape, type)));
    String copy = copy(value);
    emit.accept(Node.of(copy, operator, List.of(value, other), List.of(copy), Map.of()), reader);
    return copy;
  }

  private String rewrite(String value, int entry, long number) {
    Weight weight = integers.weight(value);
    if (weight != null) {
      return rewrite(weight, entry, number);
    }
    Maker maker = makers.get(value);
    Source source = maker == null ? null : source(maker, value, entry);
    if (maker == null || source == null) {
      return value;
    }
    String from = maker.node().input(source.input());
    String changed = rewrite(from, source.entry(), number);
    if (changed.equals(from)) {
      return value;
    }
    String copy = copy(value);
    Node made =
        maker.node().withInput(source.input(), changed).withOutputs(List.of(copy)).withName(copy);
    makers.put(copy, new Maker(maker.step(), made));
    emit.accept(made, maker.step());
    return copy;
  }

  /** A new name for a changed {@code value}. */
  private String copy(String value) {
    String original = original(value);
    String copy = original + "/cut" + copies++;
    originals.put(copy, original);
    return copy;
  }

  private String original(String value) {
    return originals.getOrDefault(value, value);
  }

  private Shape shape(String value) {
    Weight weight = integers.weight(value);
    return weight != null ? weight.shape() : probe.shape(original(value));
  }

  private String rewrite(Weight weight, int entry, long number) {
    return NativeScope.in(
        () -> {
          long[] numbers = TensorData.longs(TensorData.of(weight));
          if (numbers[entry] == number) {
            return weight.name();
          }
          numbers[entry] = number;
          return store.apply(integers(weight.name(), numbers, weight.shape(), weight.type()));
        });
  }

  private static Weight integers(String name, long[] numbers, Shape shape, ElementType type) {
    return TensorData.toWeight(
        name, TensorData.ofLongs(numbers, shape.dimensions()).to(TensorData.scalarType(type)));
  }

  /** Which element of which operand element {@code entry} of {@code value} is a copy of. */
  private @Nullable Source source(Maker maker, String value, int entry) {
    Operator operator = program.steps().get(maker.step()).operator();
    List<String> inputs = maker.node().inputs();
    if (operator instanceof PassThrough) {
      return shape(inputs.get(0)).equals(shape(value)) ? new Source(0, entry) : null;
    }
    if (!(operator instanceof DataMovement movement)) {
      return null;
    }
    int output = maker.node().outputs().indexOf(value);
    long label = NativeScope.in(() -> trace(maker.node(), movement, output, entry));
    long rest = label - 1;
    for (int input = 0; input < inputs.size() && rest >= 0; input++) {
      if (movement.moves(input) && !inputs.get(input).isEmpty()) {
        long elements = shape(inputs.get(input)).elements();
        if (rest < elements) {
          return new Source(input, Math.toIntExact(rest));
        }
        rest -= elements;
      }
    }
    return null;
  }

  /** Runs the operator on tensors that number all moved elements from 1. */
  private long trace(Node node, DataMovement movement, int output, int entry) {
    List<@Nullable Tensor> tensors = new ArrayList<>();
    long next = 1;
    for (int input = 0; input < node.inputs().size(); input++) {
      String name = node.input(input);
      if (name.isEmpty()) {
        tensors.add(null);
        continue;
      }
      Shape shape = shape(name);
      long[] numbers;
      if (movement.moves(input)) {
        numbers = new long[Math.toIntExact(shape.elements())];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = next++;
        }
      } else {
        numbers = probe.integers(original(name));
      }
      tensors.add(TensorData.ofLongs(numbers, shape.dimensions()));
    }
    List<Tensor> moved = movement.run(new Inputs(tensors, node.outputs().size()));
    return TensorData.longs(moved.get(output))[entry];
  }
}
