package io.disassembler.boundary;

import io.disassembler.boundary.QuantizedOperators.Form;
import io.disassembler.boundary.QuantizedOperators.Role;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Presents a network of whole numbers with scales as one of floats (ADR 13): every value is the
 * floats that it stands for, weights are dequantised, and what rounds to whole numbers is a {@link
 * FakeQuantize}. What cannot be presented so stays as it is.
 */
final class IntegerReading {
  private static final Set<String> QUANTISING =
      Set.of("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear");

  private final Network network;
  private final StoredIntegers stored;
  private final DynamicLayers dynamic;
  private final Names names;
  private final Network.Builder builder;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Meaning> meanings = new HashMap<>();
  private final Map<String, String> floats = new HashMap<>();
  private final Set<String> real = new HashSet<>();
  private final Map<String, List<String>> moved = new HashMap<>();
  private final Map<String, Weight> zeros = new LinkedHashMap<>();

  /**
   * The floats that whole numbers stand for, and their scale and zero point, by name.
   *
   * @param root the floats that rounding made, before they were moved
   */
  private record Meaning(String value, String scale, String zero, String root) {}

  private IntegerReading(Network network) {
    this.network = network;
    names = new Names(network);
    stored = new StoredIntegers(network, names);
    dynamic = DynamicLayers.of(network, stored);
    builder = network.toBuilder();
  }

  /** {@code network} in floats; itself if it has no such operators. */
  static Network floats(Network network) {
    return network.nodes().stream().noneMatch(IntegerReading::isQuantised)
        ? network
        : new IntegerReading(network).read();
  }

  private static boolean isQuantised(Node node) {
    return QUANTISING.contains(node.operator()) || QuantizedOperators.of(node).isPresent();
  }

  private Network read() {
    for (Node node : network.nodes()) {
      read(node);
    }
    network.outputs().forEach(output -> hand(output.name()));
    nodes.replaceAll(
        node ->
            FakeQuantize.is(node)
                ? FakeQuantize.moving(node, moved.getOrDefault(node.outputs().get(0), List.of()))
                : node);
    stored.made().values().forEach(builder::weight);
    zeros.values().forEach(builder::weight);
    Map<String, Quantized> quantized = new LinkedHashMap<>();
    stored.made().forEach((name, weight) -> quantized.put(name, weight.quantized().orElseThrow()));
    Network read = builder.nodes(nodes).build();
    return Reachable.only(
        read.toBuilder()
            .annotations(
                read.annotations().values().stream()
                    .filter(v -> v.type().isFloating() || !isStandIn(v.name()))
                    .toList())
            .boundary(network.boundary().withQuantized(quantized))
            .build());
  }

  private void read(Node node) {
    if (dynamic.read(node, nodes)) {
      return;
    }
    boolean standard =
        node.domain().isEmpty() || node.domain().equals(QuantizedOperators.MICROSOFT);
    if (standard && node.operator().equals("QuantizeLinear")) {
      quantize(node);
    } else if (standard && node.operator().equals("DequantizeLinear")) {
      dequantize(node);
    } else if (QuantizedOperators.of(node).filter(form -> isReadable(node, form)).isPresent()) {
      apart(node, QuantizedOperators.of(node).orElseThrow());
    } else if (IntegerMoves.is(node) && movesMeaning(node)) {
      move(node);
    } else if (IntegerMoves.isBlend(node) && movesMeaning(node)) {
      blend(node);
    } else {
      plain(node);
    }
  }

  private void quantize(Node node) {
    StoredIntegers.refuseBlocks(network, node);
    String made = node.outputs().get(0);
    if (stored.quantize(node)) {
      return;
    }
    String zero = node.input(2);
    if (zero.isEmpty()) {
      Shape shape = Constants.of(network, node.input(1)).map(Weight::shape).orElseGet(Shape::of);
      zero = names.fresh(made + "/zero_point");
      zeros.put(
          zero,
          QuantizedWeights.integers(
              zero,
              StoredIntegers.type(network, node),
              shape,
              new long[Math.toIntExact(shape.elements())]));
    }
    round(
        node.name(),
        read(node.input(0)),
        new Meaning(made, node.input(1), zero, ""),
        axis(node),
        "");
  }

  /** Rounds floats to what whole numbers can stand for. */
  private void round(String name, String from, Meaning made, long axis, String operator) {
    String value = floatName(made.value());
    nodes.add(
        FakeQuantize.of(name, List.of(from, made.scale(), made.zero()), value, axis, operator));
    meanings.put(made.value(), new Meaning(value, made.scale(), made.zero(), value));
  }

  private void dequantize(Node node) {
    StoredIntegers.refuseBlocks(network, node);
    String made = node.outputs().get(0);
    Meaning meaning = meanings.get(node.input(0));
    if (stored.dequantize(node)) {
      return;
    }
    if (meaning == null || !isLike(meaning, node.input(1), node.input(2))) {
      plain(node);
    } else if (!made.equals(meaning.value())) {
      floats.put(made, meaning.value());
    }
  }

  /** Whether all is known that the operator on floats takes. */
  private boolean isReadable(Node node, Form form) {
    boolean channelsLast =
        node.attributes().get("channels_last") instanceof Attribute.Int last && last.value() != 0;
    int bias = form.place(Role.BIAS);
    boolean hasBias = bias >= 0 && !node.input(bias).isEmpty();
    return !channelsLast
        && (!hasBias
            || (stored.isStored(node, bias)
                && stored.isStored(node, 1)
                && stored.isStored(node, 4)));
  }

  /** The operator on floats that {@code node} is, rounded. */
  private void apart(Node node, Form form) {
    List<String> operands = new ArrayList<>();
    Node layer =
        new Node(
            node.name(), form.plain(), "", List.of(), List.of(), node.attributes(), Opaque.NONE);
    String[] result = {"", ""};
    List<Integer> scales = new ArrayList<>();
    int at = 0;
    for (int i = 0; at < node.inputs().size(); i++) {
      Role role = form.roles().get(Math.min(i, form.roles().size() - 1));
      switch (role) {
        case QUANTIZED -> {
          scales.add(at + 1);
          operands.add(operand(node, at, form.isLayer() && operands.size() == 1 ? layer : null));
        }
        case RESULT -> {
          result[0] = node.input(at);
          result[1] = node.input(at + 1);
        }
        case BIAS -> operands.add(stored.bias(node, at, scales));
        case PLAIN -> operands.add(read(node.input(at)));
      }
      at += Form.width(role);
    }
    String made = node.outputs().get(0);
    boolean rounds = !result[0].isEmpty();
    String exact = rounds ? names.fresh(made + "/exact") : made;
    Map<String, Attribute> attributes = new LinkedHashMap<>(node.attributes());
    attributes.keySet().removeAll(Set.of("channels_last", "opset"));
    while (!operands.isEmpty() && operands.get(operands.size() - 1).isEmpty()) {
      operands.remove(operands.size() - 1);
    }
    nodes.add(
        new Node(node.name(), form.plain(), "", operands, List.of(exact), attributes, Opaque.NONE));
    if (rounds) {
      round("", exact, new Meaning(made, result[0], result[1], ""), 1, form.name());
    }
  }

  /** The floats of the whole numbers at {@code at}, with their scale and zero point behind them. */
  private String operand(Node node, int at, @Nullable Node layer) {
    String q = node.input(at);
    return stored
        .operand(node, at, layer)
        .orElseGet(
            () -> {
              Meaning meaning = meanings.get(q);
              if (meaning != null && isLike(meaning, node.input(at + 1), node.input(at + 2))) {
                return meaning.value();
              }
              String value = names.fresh(q + "/floats");
              nodes.add(
                  Node.of(
                      value + "/DequantizeLinear",
                      "DequantizeLinear",
                      List.of(whole(q), node.input(at + 1), node.input(at + 2)),
                      List.of(value),
                      Map.of()));
              return value;
            });
  }

  private boolean movesMeaning(Node node) {
    List<String> inputs = IntegerMoves.moved(node);
    Meaning first = meanings.get(inputs.get(0));
    Weight scale = first == null ? null : constant(first.scale());
    return first != null
        && scale != null
        && scale.shape().elements() == 1
        && inputs.stream()
            .map(meanings::get)
            .allMatch(m -> m != null && isLike(first, m.scale(), m.zero()));
  }

  private void move(Node node) {
    Meaning first = meanings.get(IntegerMoves.moved(node).get(0));
    int count = IntegerMoves.moved(node).size();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Meaning meaning = i < count ? meanings.get(node.input(i)) : null;
      inputs.add(meaning == null ? read(node.input(i)) : meaning.value());
    }
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      String made = node.outputs().get(i);
      boolean isIndices = i > 0 && node.operator().equals("MaxPool");
      String value = made.isEmpty() || isIndices ? made : floatName(made);
      outputs.add(value);
      if (!value.equals(made) && first != null) {
        meanings.put(made, new Meaning(value, first.scale(), first.zero(), first.root()));
        moved.computeIfAbsent(first.root(), root -> new ArrayList<>()).add(value);
      }
    }
    nodes.add(node.withInputs(inputs).withOutputs(outputs));
  }

  /** The same on floats, rounded as the whole numbers are. */
  private void blend(Node node) {
    Meaning from = meanings.get(node.input(0));
    String made = node.outputs().get(0);
    String exact = names.fresh(made + "/exact");
    List<String> inputs = new ArrayList<>(node.inputs().stream().map(this::read).toList());
    if (from != null) {
      inputs.set(0, from.value());
      nodes.add(node.withInputs(inputs).withOutputs(List.of(exact)));
      round("", exact, new Meaning(made, from.scale(), from.zero(), ""), 1, "");
    }
  }

  private void plain(Node node) {
    nodes.add(
        node.withInputs(
            node.inputs().stream()
                .map(value -> meanings.containsKey(value) ? whole(value) : read(value))
                .toList()));
  }

  /** Whole numbers as they are, for a node that takes nothing else. */
  private String whole(String value) {
    Meaning meaning = meanings.get(value);
    if (meaning != null && real.add(value)) {
      nodes.add(
          Node.of(
              value + "/QuantizeLinear",
              "QuantizeLinear",
              List.of(meaning.value(), meaning.scale(), meaning.zero()),
              List.of(value),
              Map.of()));
    }
    return value;
  }

  /** Gives an output of the network its name. */
  private void hand(String output) {
    whole(output);
    String value = read(output);
    if (!value.equals(output)) {
      nodes.add(
          Node.of(output + "/Identity", "Identity", List.of(value), List.of(output), Map.of()));
    }
  }

  /** What {@code value} is called here. */
  private String read(String value) {
    return floats.getOrDefault(value, value);
  }

  /** A name for the floats that {@code whole} stands for: what DequantizeLinear makes, if any. */
  private String floatName(String whole) {
    List<String> made =
        network.consumers(whole).stream()
            .filter(reader -> reader.operator().equals("DequantizeLinear"))
            .map(reader -> reader.outputs().get(0))
            .toList();
    return made.stream()
        .filter(network::isOutput)
        .findFirst()
        .or(() -> made.stream().findFirst())
        .orElseGet(() -> names.fresh(whole + "/floats"));
  }

  private boolean isStandIn(String value) {
    return nodes.stream().anyMatch(n -> FakeQuantize.is(n) && n.outputs().contains(value))
        || meanings.values().stream().anyMatch(meaning -> meaning.value().equals(value));
  }

  private boolean isLike(Meaning meaning, String scale, String zero) {
    return isSame(meaning.scale(), scale) && isSame(meaning.zero(), zero);
  }

  private boolean isSame(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    Weight first = constant(one);
    Weight second = constant(other);
    boolean firstIsZero = first != null && StoredIntegers.isZero(first);
    return second == null
        ? other.isEmpty() && firstIsZero
        : first != null
            && first.type() == second.type()
            && first.shape().elements() == second.shape().elements()
            && first.data().equals(second.data());
  }

  private @Nullable Weight constant(String name) {
    Weight own = zeros.get(name);
    return own == null ? Constants.of(network, name).orElse(null) : own;
  }

  private static long axis(Node node) {
    return node.attributes().get("axis") instanceof Attribute.Int axis ? axis.value() : 1;
  }
}
