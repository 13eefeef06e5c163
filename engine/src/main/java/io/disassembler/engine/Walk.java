package io.disassembler.engine;

import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A run in progress: goes from node to node and frees each value after its last use. For one thread
 * at a time, which need not be the one that began it.
 */
public final class Walk {
  private final Engine engine;
  private final ForwardRequest request;
  private final NativeScope.Holder scope;
  private final Set<String> kept;
  private final Map<String, Tensor> values = new HashMap<>();
  private int next;

  /**
   * @param scope frees what is left of the values
   */
  Walk(
      Engine engine, Map<String, Weight> inputs, ForwardRequest request, NativeScope.Holder scope) {
    this.engine = engine;
    this.request = request;
    this.scope = scope;
    kept = new HashSet<>(request.keep());
    engine.program().network().outputs().forEach(output -> kept.add(output.name()));
    for (Value input : engine.program().network().inputs()) {
      Weight given = inputs.get(input.name());
      if (given == null) {
        throw new IllegalArgumentException("no tensor for graph input '" + input.name() + "'");
      }
      Tensor tensor = engine.place(TensorData.of(given));
      track(input.name(), request.transform().apply(input.name(), tensor));
    }
  }

  /** Goes on up to node {@code step}, not including it. */
  public void to(int step) {
    engine.useThreads();
    while (next < step) {
      step(next++);
    }
  }

  /** A value that is there now: made, and still to be read; or a weight. */
  public Tensor value(String name) {
    Tensor value = values.get(name);
    Tensor tensor = value != null ? value : engine.weight(name);
    if (tensor == null) {
      throw new IllegalStateException("value '" + name + "' is gone");
    }
    return tensor;
  }

  /** What is left at the end. */
  Forward forward() {
    for (String name : kept) {
      Tensor weight = engine.weight(name);
      if (weight != null) {
        values.putIfAbsent(name, weight);
      }
    }
    return new Forward(values);
  }

  private void step(int index) {
    Node node = engine.program().steps().get(index).node();
    List<@Nullable Tensor> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      operands.add(input.isEmpty() ? null : value(input));
    }
    List<Tensor> made = new ArrayList<>();
    try (PointerScope temporary = new PointerScope()) {
      List<Tensor> results = engine.execute(index, new Inputs(operands, node.outputs().size()));
      for (int i = 0; i < node.outputs().size(); i++) {
        String output = node.outputs().get(i);
        if (!output.isEmpty()) {
          Tensor result = new Tensor(request.transform().apply(output, results.get(i)));
          scope.attach(result);
          made.add(result);
        }
      }
    }
    int count = 0;
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        track(output, made.get(count++));
      }
    }
    free(index, node);
  }

  /** Gradients start at the first value that they are asked for: nothing before it is recorded. */
  private void track(String name, Tensor tensor) {
    if (request.differentiable().contains(name) && !tensor.requires_grad()) {
      tensor.set_requires_grad(true);
    }
    values.put(name, tensor);
  }

  private void free(int index, Node node) {
    Set<String> touched = new HashSet<>(node.inputs());
    touched.addAll(node.outputs());
    for (String name : touched) {
      if (engine.isDoneWith(name, index) && !kept.contains(name)) {
        Tensor tensor = values.remove(name);
        if (tensor != null) {
          tensor.releaseReference();
        }
      }
    }
  }
}
