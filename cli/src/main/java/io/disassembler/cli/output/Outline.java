package io.disassembler.cli.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.disassembler.base.Numbers;
import io.disassembler.evaluation.TextTable;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be seen of a network without running it, where there is no libtorch to run it; the names
 * are those of {@link InspectionJson}.
 *
 * @param unsupported operators that Disassembler cannot run, each with its nodes
 */
public record Outline(
    Path file,
    long opset,
    int nodes,
    List<String> inputs,
    List<String> outputs,
    long parameters,
    List<Weighted> layers,
    Map<String, List<String>> unsupported,
    @JsonUnwrapped Papers papers) {

  /** A node that reads a weight with at least two axes. */
  public record Weighted(String name, String operator, Shape weight, long parameters) {
    static Optional<Weighted> of(Network network, Node node) {
      List<Weight> weights =
          node.inputs().stream().flatMap(input -> network.weight(input).stream()).toList();
      return weights.stream()
          .filter(weight -> weight.shape().rank() > 1 && weight.type().isFloating())
          .findFirst()
          .map(
              weight ->
                  new Weighted(
                      node.label(),
                      node.operator(),
                      weight.shape(),
                      weights.stream().mapToLong(each -> each.shape().elements()).sum()));
    }
  }

  /** The outline of the network in {@code file}. */
  public static Outline of(Path file, Network network) {
    return new Outline(
        file,
        network.opset(),
        network.nodes().size(),
        network.inputs().stream().map(Value::name).toList(),
        network.outputs().stream().map(Value::name).toList(),
        network.parameters(),
        network.nodes().stream().flatMap(node -> Weighted.of(network, node).stream()).toList(),
        Program.unsupported(network),
        Papers.of(network));
  }

  /** Prints it. */
  public void print(PrintWriter out) {
    out.printf(
        "%s: opset %d, %d nodes, input %s, output %s%n%n",
        file, opset, nodes, String.join(", ", inputs), String.join(", ", outputs));
    TextTable table = new TextTable("layer", "operator", "weight", "parameters");
    layers.forEach(
        layer ->
            table.row(
                layer.name(),
                layer.operator(),
                layer.weight().toString(),
                Numbers.brief(layer.parameters())));
    out.println(table.format());
    out.printf("%s parameters%n", Numbers.brief(parameters));
    unsupported.forEach(
        (operator, where) ->
            out.printf(
                "Not supported: %s (%s)%n",
                operator,
                Stream.concat(
                        where.stream().limit(3),
                        where.size() > 3 ? Stream.of("...") : Stream.<String>of())
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("")));
    papers.print(out);
  }
}
