package io.disassembler.cut;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Probe;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Dependence;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.TensorData;
import io.disassembler.selection.KeptShapes;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * What small integer tensors hold in the cut network, at the input's shape at which the full one
 * was probed: shapes that are computed from the shapes of values that have been cut.
 */
final class CutIntegers {
  private final Anatomy anatomy;
  private final Selection selection;
  private final Map<String, Weight> weights;
  private final Map<String, Maker> makers = new HashMap<>();
  private final Map<String, Weight> known = new HashMap<>();

  private record Maker(int step, Node node) {}

  /**
   * @param weights the cut network's weights so far; may grow
   */
  CutIntegers(Anatomy anatomy, Selection selection, Map<String, Weight> weights) {
    this.anatomy = anatomy;
    this.selection = selection;
    this.weights = weights;
  }

  /** Notes a node of the cut network, in order; {@code step} is the one that it came from. */
  void note(int step, Node node) {
    node.outputs().forEach(output -> makers.put(output, new Maker(step, node)));
  }

  /** The elements of {@code value}; null where they depend on more than shapes. */
  long @Nullable [] of(String value) {
    Weight found = value(value);
    return found == null ? null : NativeScope.in(() -> TensorData.longs(TensorData.of(found)));
  }

  /** The stored tensor of that name; null if there is none. */
  @Nullable Weight weight(String name) {
    return weights.get(name);
  }

  /** Notes that {@code copy} holds what {@code value} does but for one element. */
  void replace(String value, int entry, long number, String copy) {
    long[] elements = Objects.requireNonNull(of(value));
    elements[entry] = number;
    Weight like = Objects.requireNonNull(value(value));
    known.put(
        copy,
        NativeScope.in(
            () ->
                TensorData.toWeight(
                    copy,
                    TensorData.ofLongs(elements, like.shape().dimensions())
                        .to(TensorData.scalarType(like.type())))));
  }

  /** The element type of a value of which {@link #of} knows the elements. */
  ElementType type(String value) {
    return Objects.requireNonNull(value(value)).type();
  }

  private @Nullable Weight value(String value) {
    Weight found = known.getOrDefault(value, weights.get(value));
    if (found == null) {
      Maker maker = makers.get(value);
      found = maker == null ? null : compute(maker, value);
      if (found != null) {
        known.put(value, found);
      }
    }
    return found == null || isLarge(found) ? null : found;
  }

  private static boolean isLarge(Weight weight) {
    return weight.type().isFloating() || weight.shape().elements() > Probe.SMALL;
  }

  private @Nullable Weight compute(Maker maker, String value) {
    Operator operator = anatomy.step(maker.step()).operator();
    Node original = anatomy.step(maker.step()).node();
    boolean same =
        original.operator().equals(maker.node().operator())
            && original.attributes().equals(maker.node().attributes());
    if (!same || anatomy.probe().type(original.outputs().get(0)).isFloating()) {
      return null;
    }
    Operands shapes = new KeptShapes(anatomy, selection, maker.step());
    List<@Nullable Weight> read = new ArrayList<>();
    for (int input = 0; input < maker.node().inputs().size(); input++) {
      boolean needed = operator.dependence(input) == Dependence.CONTENT;
      Weight weight = needed ? value(maker.node().input(input)) : null;
      if (needed && weight == null && !maker.node().input(input).isEmpty()) {
        return null;
      }
      read.add(weight);
    }
    return NativeScope.in(
        () -> {
          List<@Nullable Tensor> inputs = new ArrayList<>();
          for (int input = 0; input < read.size(); input++) {
            Weight weight = read.get(input);
            boolean omitted = maker.node().input(input).isEmpty();
            inputs.add(
                omitted
                    ? null
                    : weight == null ? standIn(maker, input, shapes) : TensorData.of(weight));
          }
          int outputs = maker.node().outputs().size();
          Tensor made =
              operator.run(new Inputs(inputs, outputs)).get(maker.node().outputs().indexOf(value));
          return TensorData.toWeight(value, made);
        });
  }

  /** A tensor of the operand's type and shape whose elements nobody looks at. */
  private Tensor standIn(Maker maker, int input, Operands shapes) {
    String original = anatomy.step(maker.step()).node().input(input);
    return torch
        .zeros(1)
        .to(TensorData.scalarType(anatomy.probe().type(original)))
        .expand(shapes.input(input).dimensions());
  }
}
