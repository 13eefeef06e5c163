package io.disassembler.engine;

import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Dependence;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Computes what does not depend on the image: weights behind Constant, Identity, Cast, Expand and
 * the like become stored weights, so that they can be cut. Where the file fixes the input's shape,
 * shapes do not depend on the image either.
 */
public final class ConstantFolding {
  /** A result larger than this and larger than what it is computed from stays computed. */
  private static final long LARGE = 1 << 20;

  private final Network network;
  private final Probe probe;
  private final boolean isStatic;
  private final Map<String, Weight> known;

  private ConstantFolding(Network network, Probe probe) {
    this.network = network;
    this.probe = probe;
    isStatic =
        network.inputs().stream()
            .allMatch(
                input ->
                    input.dimensions().isPresent()
                        && input.dimensions().get().stream()
                            .allMatch(dimension -> dimension instanceof Dimension.Fixed));
    known = new HashMap<>(network.weights());
  }

  /**
   * The same network with every node that reads only constants replaced by what it computes.
   *
   * @param probe what a run of {@code program} showed
   */
  public static Network fold(Program program, Probe probe) {
    return new ConstantFolding(program.network(), probe).fold(program);
  }

  private Network fold(Program program) {
    Network.Builder builder = network.toBuilder();
    List<Node> left = new ArrayList<>();
    for (Program.Step step : program.steps()) {
      List<Weight> results = isConstant(step) ? compute(step) : List.of();
      if (results.isEmpty()) {
        left.add(step.node());
      }
      for (Weight weight : results) {
        known.put(weight.name(), weight);
        builder.weight(weight);
      }
    }
    return Reachable.only(builder.nodes(left).build());
  }

  private boolean isConstant(Program.Step step) {
    List<String> inputs = step.node().inputs();
    for (int index = 0; index < inputs.size(); index++) {
      Dependence dependence = step.operator().dependence(index);
      boolean constant =
          inputs.get(index).isEmpty()
              || known.containsKey(inputs.get(index))
              || dependence == Dependence.TYPE
              || (dependence == Dependence.SHAPE && isStatic);
      if (!constant) {
        return false;
      }
    }
    return step.node().outputs().stream().noneMatch(network::isOutput);
  }

  private List<Weight> compute(Program.Step step) {
    return NativeScope.in(
        () -> {
          long read = 0;
          List<@Nullable Tensor> inputs = new ArrayList<>();
          for (String name : step.node().inputs()) {
            Weight weight = known.get(name);
            read += weight == null ? 0 : weight.bytes();
            inputs.add(
                name.isEmpty() ? null : weight == null ? standIn(name) : TensorData.of(weight));
          }
          List<String> outputs = step.node().outputs();
          List<Tensor> made = step.operator().run(new Inputs(inputs, outputs.size()));
          List<Weight> results = new ArrayList<>();
          for (int i = 0; i < outputs.size(); i++) {
            if (made.get(i).nbytes() > Math.max(LARGE, 2 * read)) {
              return List.of();
            }
            if (!outputs.get(i).isEmpty()) {
              results.add(TensorData.toWeight(outputs.get(i), made.get(i)));
            }
          }
          return results;
        });
  }

  /** A tensor of the type and shape of {@code value} whose elements nobody looks at. */
  private Tensor standIn(String value) {
    return torch
        .zeros(1)
        .to(TensorData.scalarType(probe.type(value)))
        .expand(probe.shape(value).dimensions());
  }
}
