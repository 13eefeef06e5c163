package io.disassembler.cli.output;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.disassembler.NetworkOutline;
import io.disassembler.base.Numbers;
import io.disassembler.evaluation.TextTable;
import io.disassembler.graph.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code inspect} shows where there is no libtorch to run networks; the names are those of
 * {@link InspectionJson}.
 */
public record Outline(
    Path file, @JsonUnwrapped NetworkOutline network, @JsonUnwrapped Papers papers) {
  private static final int SHOWN = 3;

  /** The outline of the network in {@code file}. */
  public static Outline of(Path file, Network network) {
    return new Outline(file, NetworkOutline.of(network), Papers.of(network));
  }

  /** Prints it. */
  public void print(PrintWriter out) {
    out.printf(
        "%s: opset %d, %d nodes, input %s, output %s%n%n",
        file,
        network.opset(),
        network.nodes(),
        String.join(", ", network.inputs()),
        String.join(", ", network.outputs()));
    TextTable table = new TextTable("layer", "operator", "weight", "parameters");
    network
        .layers()
        .forEach(
            layer ->
                table.row(
                    layer.name(),
                    layer.operator(),
                    layer.weight().toString(),
                    Numbers.brief(layer.parameters())));
    out.println(table.format());
    out.printf("%s parameters%n", Numbers.brief(network.parameters()));
    network
        .unsupported()
        .forEach(
            (operator, where) -> out.printf("Not supported: %s (%s)%n", operator, some(where)));
    papers.print(out);
  }

  private static String some(List<String> nodes) {
    String first = String.join(", ", nodes.subList(0, Math.min(SHOWN, nodes.size())));
    return nodes.size() > SHOWN ? first + " and " + (nodes.size() - SHOWN) + " more" : first;
  }
}
