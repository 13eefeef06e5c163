package io.disassembler;

import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be seen of a network without running it; needs no native library.
 *
 * @param layers the nodes that read a weight with at least two axes
 * @param unsupported operators that Disassembler cannot run, each with the names of its nodes
 */
public record NetworkOutline(
    long opset,
    int nodes,
    List<String> inputs,
    List<String> outputs,
    long parameters,
    List<WeightedNode> layers,
    Map<String, List<String>> unsupported) {

  /**
   * A node with its first weight of at least two axes.
   *
   * @param weight extents of that weight
   * @param parameters number of elements of all its weights
   */
  public record WeightedNode(String name, String operator, Shape weight, long parameters) {
    static Optional<WeightedNode> of(Network network, Node node) {
      List<Weight> weights =
          node.inputs().stream().flatMap(input -> network.weight(input).stream()).toList();
      return weights.stream()
          .filter(weight -> weight.shape().rank() > 1 && weight.type().isFloating())
          .findFirst()
          .map(
              weight ->
                  new WeightedNode(
                      node.outputs().get(0),
                      node.operator(),
                      weight.shape(),
                      weights.stream().mapToLong(each -> each.shape().elements()).sum()));
    }
  }

  /** The outline of a network as its file has it. */
  public static NetworkOutline of(Network network) {
    return new NetworkOutline(
        network.opset(),
        network.nodes().size(),
        network.inputs().stream().map(Value::name).toList(),
        network.outputs().stream().map(Value::name).toList(),
        network.parameters(),
        network.nodes().stream().flatMap(node -> WeightedNode.of(network, node).stream()).toList(),
        Program.unsupported(network));
  }
}
