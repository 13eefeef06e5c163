package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * FusedConv, which ONNX Runtime writes when it optimises a file for the CPU: a Conv, the sum with
 * another value if there is one, and an activation, all of which ONNX has operators for.
 */
final class FusedConvolutions {
  private static final String DOMAIN = "com.microsoft";
  private static final Set<String> PLAIN = Set.of("Relu", "Sigmoid", "Tanh");
  private static final long BOUNDS_ARE_INPUTS_SINCE = 11;

  private final Network network;
  private final Network.Builder builder;
  private final List<Node> nodes = new ArrayList<>();

  private FusedConvolutions(Network network) {
    this.network = network;
    builder = network.toBuilder();
  }

  /** {@code network} with the operators of each that we know how to take apart. */
  static Network apart(Network network) {
    if (network.nodes().stream().noneMatch(FusedConvolutions::isFused)) {
      return network;
    }
    FusedConvolutions fused = new FusedConvolutions(network);
    for (Node node : network.nodes()) {
      if (isFused(node)) {
        fused.add(node);
      } else {
        fused.nodes.add(node);
      }
    }
    return fused.builder.nodes(fused.nodes).build();
  }

  private static boolean isFused(Node node) {
    return node.operator().equals("FusedConv")
        && node.domain().equals(DOMAIN)
        && node.attributes().get("activation") instanceof Attribute.Text name
        && (PLAIN.contains(name.value())
            || List.of("LeakyRelu", "HardSigmoid", "Clip").contains(name.value()));
  }

  private void add(Node node) {
    String output = node.outputs().get(0);
    String label = node.name().isEmpty() ? output : node.name();
    Map<String, Attribute> convolution = new LinkedHashMap<>(node.attributes());
    String activation = ((Attribute.Text) node.attributes().get("activation")).value();
    convolution.remove("activation");
    convolution.remove("activation_params");
    String made = output + "/convolved";
    List<String> operands = node.inputs().subList(0, Math.min(3, node.inputs().size()));
    nodes.add(new Node(label, "Conv", "", operands, List.of(made), convolution, Opaque.NONE));
    if (!node.input(3).isEmpty()) {
      String sum = output + "/sum";
      nodes.add(
          Node.of(label + "/Add", "Add", List.of(made, node.input(3)), List.of(sum), Map.of()));
      made = sum;
    }
    activate(label, activation, parameters(node), made, output);
  }

  private void activate(
      String label, String activation, List<Float> parameters, String from, String to) {
    String name = label + "/" + activation;
    if (PLAIN.contains(activation)) {
      nodes.add(Node.of(name, activation, List.of(from), List.of(to), Map.of()));
      return;
    }
    if (activation.equals("Clip") && network.opset() >= BOUNDS_ARE_INPUTS_SINCE) {
      String low = bound(to + "/min", parameters.get(0));
      String high = bound(to + "/max", parameters.get(1));
      nodes.add(Node.of(name, activation, List.of(from, low, high), List.of(to), Map.of()));
      return;
    }
    List<String> names =
        activation.equals("Clip") ? List.of("min", "max") : List.of("alpha", "beta");
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      attributes.put(names.get(i), new Attribute.Real(parameters.get(i)));
    }
    nodes.add(Node.of(name, activation, List.of(from), List.of(to), attributes));
  }

  private String bound(String name, float value) {
    builder.weight(Weight.ofFloats(name, Shape.of(), value));
    return name;
  }

  private static List<Float> parameters(Node node) {
    return node.attributes().get("activation_params") instanceof Attribute.Reals reals
        ? reals.values()
        : List.of();
  }
}
