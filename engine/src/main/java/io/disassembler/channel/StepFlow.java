package io.disassembler.channel;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.ChannelGroups.Slot;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** One node's view of the coupling. */
final class StepFlow implements ChannelFlow {
  private final Coupling coupling;
  private final int step;
  private final Node node;

  StepFlow(Coupling coupling, int step) {
    this.coupling = coupling;
    this.step = step;
    this.node = coupling.program.steps().get(step).node();
  }

  void follow() {
    try {
      coupling.program.steps().get(step).operator().flow(this);
    } catch (CannotRunException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    } catch (IndexOutOfBoundsException e) {
      // libtorch is content with fewer axes than ONNX's schema asks for.
      throw refused("expected other axes than its inputs and outputs have: " + shapes(), e);
    }
    for (int index = 0; index < node.outputs().size(); index++) {
      String output = node.outputs().get(index);
      if (!output.isEmpty() && !coupling.values.containsKey(output)) {
        throw new IllegalStateException(node.operator() + " did not say where its channels go");
      }
    }
  }

  private InvalidInputException refused(String reason, RuntimeException cause) {
    return new InvalidInputException(
        "%s: node '%s' (%s): %s"
            .formatted(coupling.program.network().name(), node.label(), node.operator(), reason),
        cause);
  }

  private List<Shape> shapes() {
    return Stream.concat(node.inputs().stream(), node.outputs().stream())
        .filter(value -> !value.isEmpty())
        .map(coupling.probe::shape)
        .toList();
  }

  @Override
  public int inputs() {
    return node.inputs().size();
  }

  @Override
  public int outputs() {
    return node.outputs().size();
  }

  @Override
  public boolean has(int index) {
    return !node.input(index).isEmpty();
  }

  @Override
  public Shape input(int index) {
    return coupling.probe.shape(node.input(index));
  }

  @Override
  public Shape output(int index) {
    String output = node.outputs().get(index);
    return output.isEmpty() ? Shape.of() : coupling.probe.shape(output);
  }

  @Override
  public boolean isWeight(int index) {
    return coupling.program.network().weights().containsKey(node.input(index));
  }

  @Override
  public Labels labels(int index) {
    if (!isWeight(index)) {
      Labels labels = coupling.values.get(node.input(index));
      if (labels == null) {
        throw new IllegalStateException("no labels for " + node.input(index));
      }
      return labels.map(coupling.sets::find);
    }
    return coupling.constants.computeIfAbsent(new Slot(step, index), key -> element(input(index)));
  }

  @Override
  public Labels straight(int index) {
    return coupling.straightened(labels(index));
  }

  private Labels element(Shape shape) {
    return Labels.ofGrid(shape, shape, fresh(Math.toIntExact(shape.elements())));
  }

  @Override
  public void output(int index, Labels labels) {
    String output = node.outputs().get(index);
    if (!output.isEmpty()) {
      if (!labels.shape().equals(output(index))) {
        throw new IllegalStateException(
            node.label() + ": labels of " + labels.shape() + " for " + output(index));
      }
      coupling.values.put(output, labels);
    }
  }

  @Override
  public int[] kernels(int index, int axis) {
    int[] labels = fresh(Math.toIntExact(output(index).dimension(axis)));
    for (int i = 0; i < labels.length; i++) {
      coupling.kernels.put(labels[i], new ChannelGroup.Kernel(step, i));
    }
    return labels;
  }

  @Override
  public int[] fresh(int count) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = coupling.sets.add();
    }
    return labels;
  }

  @Override
  public void unite(int first, int second) {
    coupling.unite(first, second, this::whatItMeets);
  }

  @Override
  public void pin(int label, String reason) {
    if (label != Labels.NONE) {
      coupling.sets.pin(label, reason(reason));
    }
  }

  @Override
  public void pinWhole(int label) {
    coupling.pinWhole(label, reason(""));
  }

  /** Why the channels that this node reads stay, or else that they are none. */
  private String whatItMeets() {
    return coupling.pinBefore(node).orElseGet(() -> reason("it meets what is no channel"));
  }

  private String reason(String reason) {
    return "%s '%s': %s".formatted(node.operator(), node.label(), reason);
  }

  @Override
  public void slices(int index, int axis, int[] labels) {
    if (!isWeight(index) || input(index).dimension(axis) != labels.length) {
      throw new CannotRunException(
          "input %d: expected a weight with an extent of %d along axis %d, found %s"
              .formatted(index, labels.length, axis, input(index)));
    }
    coupling.slice(new Slot(step, index), axis, labels);
  }

  @Override
  public int[] channels(int index, int axis) {
    return coupling.uniteAcross(labels(index), axis);
  }

  @Override
  public int[] uniteAcross(Labels labels, int axis) {
    return coupling.uniteAcross(labels, axis);
  }

  @Override
  public List<Labels> trace(Operator operator, IntPredicate isData) {
    return NativeScope.in(
        () -> {
          List<@Nullable Tensor> tensors = new ArrayList<>();
          for (int index = 0; index < inputs(); index++) {
            tensors.add(
                !has(index)
                    ? null
                    : isData.test(index)
                        ? labels(index).toTensor()
                        : TensorData.ofLongs(integers(index), input(index).dimensions()));
          }
          return operator.run(new Inputs(tensors, outputs())).stream().map(Labels::of).toList();
        });
  }

  @Override
  public boolean centres() {
    return coupling.program.steps().stream()
        .map(Program.Step::node)
        .filter(other -> other.operator().equals("Sub") && other.inputs().size() == 2)
        .anyMatch(
            other ->
                other.input(0).equals(node.input(0))
                    && other.input(1).equals(node.outputs().get(0)));
  }

  @Override
  public long[] integers(int index) {
    String value = node.input(index);
    Shape shape = coupling.probe.shape(value);
    if (coupling.probe.type(value).isFloating() || shape.elements() > Probe.SMALL) {
      throw new CannotRunException(
          "input %d: expected at most %d integers, found %s of shape %s"
              .formatted(index, Probe.SMALL, coupling.probe.type(value), shape));
    }
    return coupling.probe.integers(value);
  }
}
