package io.disassembler.extraction;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes PRelu as what runs faster. ONNX Runtime's own takes 8 to 10 times as long on a CPU as Mul
 * and Max, and 40 % of all time in networks such as ESPNetV2 (docs/quality.md): where no slope a is
 * above 1, it is max(x, a x), exactly; elsewhere a x + (1 - a) max(x, 0), to rounding.
 */
public final class FastActivations {
  /** Since then Max broadcasts. */
  private static final int FIRST_OPSET = 8;

  private final Network network;
  private final Network.Builder rewritten;
  private final Names names;

  private FastActivations(Network network) {
    this.network = network;
    rewritten = network.toBuilder();
    names = new Names(network);
  }

  /** {@code network} with fast activations; itself if it has no slow ones, or has 8 bits. */
  public static Network of(Network network) {
    return network.opset() >= FIRST_OPSET && network.boundary().quantized().isEmpty()
        ? new FastActivations(network).rewritten()
        : network;
  }

  private Network rewritten() {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      Weight slope = network.weights().get(node.input(1));
      if (node.operator().equals("PRelu")
          && node.domain().isEmpty()
          && slope != null
          && slope.type() == ElementType.FLOAT) {
        nodes.addAll(fast(node, slope));
      } else {
        nodes.add(node);
      }
    }
    return nodes.size() == network.nodes().size() ? network : rewritten.nodes(nodes).build();
  }

  private List<Node> fast(Node node, Weight slope) {
    String x = node.input(0);
    String made = node.outputs().get(0);
    String scaled = names.fresh(made + "/scaled");
    Node scaling = node(node, "Mul", List.of(x, slope.name()), scaled);
    float[] rest = slope.floats();
    boolean steep = false;
    for (int k = 0; k < rest.length; k++) {
      steep |= !(rest[k] <= 1);
      rest[k] = 1 - rest[k];
    }
    if (!steep) {
      return List.of(scaling, node(node, "Max", List.of(x, scaled), made));
    }
    Weight complement =
        Weight.ofFloats(names.fresh(slope.name() + "/complement"), slope.shape(), rest);
    rewritten.weight(complement);
    String positive = names.fresh(made + "/positive");
    String added = names.fresh(made + "/added");
    return List.of(
        scaling,
        node(node, "Relu", List.of(x), positive),
        node(node, "Mul", List.of(positive, complement.name()), added),
        node(node, "Add", List.of(scaled, added), made));
  }

  private static Node node(Node origin, String operator, List<String> inputs, String output) {
    // With two Mul in one place, operator alone would not tell them apart.
    return Node.of(origin.label() + "/" + output, operator, inputs, List.of(output), Map.of());
  }
}
