package io.disassembler.engine;

import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Computes what does not depend on the image: weights behind Constant, Identity, Cast, Expand and
 * the like become stored weights, so that they can be cut.
 */
public final class ConstantFolding {
  /** A result larger than this and larger than what it is computed from stays computed. */
  private static final long LARGE = 1 << 20;

  private ConstantFolding() {}

  /** The same network with every node that reads only weights replaced by what it computes. */
  public static Network fold(Network network) {
    Program program = Program.parse(network);
    Network.Builder builder = network.toBuilder();
    Map<String, Weight> known = new HashMap<>(network.weights());
    List<Node> left = new ArrayList<>();
    for (Program.Step step : program.steps()) {
      List<Weight> results =
          isConstant(step.node(), network, known) ? compute(step, known) : List.of();
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

  private static boolean isConstant(Node node, Network network, Map<String, Weight> known) {
    return node.inputs().stream().allMatch(name -> name.isEmpty() || known.containsKey(name))
        && node.outputs().stream().noneMatch(network::isOutput);
  }

  private static List<Weight> compute(Program.Step step, Map<String, Weight> known) {
    return NativeScope.in(
        () -> {
          long read = 0;
          List<@Nullable Tensor> inputs = new ArrayList<>();
          for (String name : step.node().inputs()) {
            Weight weight = known.get(name);
            read += weight == null ? 0 : weight.bytes();
            inputs.add(weight == null ? null : TensorData.of(weight));
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
}
