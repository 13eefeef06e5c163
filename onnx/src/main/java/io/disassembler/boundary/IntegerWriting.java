package io.disassembler.boundary;

import io.disassembler.boundary.QuantizedOperators.Form;
import io.disassembler.boundary.QuantizedOperators.Role;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a network that {@link IntegerReading} presented in floats its whole numbers back. */
final class IntegerWriting {
  private final Network network;
  private final IntegerParts parts;
  private final Map<String, Whole> wholes = new HashMap<>();
  private final Map<String, Node> pending = new HashMap<>();
  private final Set<String> floats = new HashSet<>();
  private final Set<String> moved = new HashSet<>();

  /**
   * The whole numbers that stand for a value.
   *
   * @param axis along which scales differ, if there are several
   * @param dynamic whether each run finds scale and zero point for itself
   */
  private record Whole(String value, String scale, String zero, long axis, boolean dynamic) {
    boolean isLike(Whole other) {
      return scale.equals(other.scale) && zero.equals(other.zero);
    }
  }

  private IntegerWriting(Network network) {
    this.network = network;
    parts = new IntegerParts(network);
    network.nodes().stream()
        .filter(FakeQuantize::is)
        .forEach(node -> moved.addAll(FakeQuantize.moved(node)));
  }

  /** {@code network} in whole numbers; itself if it has none. */
  static Network integers(Network network) {
    boolean none =
        network.boundary().quantized().isEmpty()
            && network.nodes().stream().noneMatch(FakeQuantize::is);
    return none ? network : new IntegerWriting(network).write();
  }

  private Network write() {
    network.nodes().forEach(this::write);
    network.outputs().forEach(output -> read(output.name()));
    return Reachable.only(
        parts.network().toBuilder().boundary(network.boundary().withQuantized(Map.of())).build());
  }

  private void write(Node node) {
    if (FakeQuantize.is(node)) {
      round(node);
    } else if (isInIntegers(node)) {
      pending.put(node.outputs().get(0), node);
    } else if (movesIntegers(node)) {
      move(node);
    } else if (isDynamicLayer(node)) {
      List<String> whole = whole(node.input(0));
      parts.dynamicLayer(node, whole.get(0), whole.get(1), whole.get(2));
    } else {
      parts.add(node.withInputs(node.inputs().stream().map(this::read).toList()));
    }
  }

  private void round(Node node) {
    String made = node.outputs().get(0);
    String value = parts.fresh(made + "/integers");
    if (FakeQuantize.isDynamic(node)) {
      String scale = parts.fresh(made + "/scale");
      String zero = parts.fresh(made + "/zero_point");
      parts.add(
          Node.of(
              node.name(),
              "DynamicQuantizeLinear",
              List.of(read(node.input(0))),
              List.of(value, scale, zero),
              Map.of()));
      wholes.put(made, new Whole(value, scale, zero, 0, true));
      return;
    }
    Node maker = pending.get(node.input(0));
    if (maker == null) {
      parts.quantize(node, read(node.input(0)), value);
    } else {
      layer(
          maker,
          node,
          QuantizedOperators.named(FakeQuantize.operator(node).orElseThrow()).orElseThrow(),
          value);
    }
    wholes.put(
        made, new Whole(value, node.input(1), node.input(2), FakeQuantize.axis(node), false));
  }

  /** Whether the file has an operator on whole numbers for {@code node}, and can still have it. */
  private boolean isInIntegers(Node node) {
    String made = node.outputs().get(0);
    List<Node> readers = network.consumers(made);
    if (readers.size() != 1 || network.isOutput(made) || !FakeQuantize.is(readers.get(0))) {
      return false;
    }
    Optional<Form> form =
        FakeQuantize.operator(readers.get(0))
            .flatMap(QuantizedOperators::named)
            .filter(known -> known.plain().equals(node.operator()));
    return form.isPresent() && node.domain().isEmpty() && fits(node, form.get());
  }

  private boolean fits(Node node, Form form) {
    List<Role> operands = form.roles().stream().filter(role -> role != Role.RESULT).toList();
    for (int i = 0; i < node.inputs().size(); i++) {
      String name = node.input(i);
      boolean isStored = network.weight(name).flatMap(Weight::quantized).isPresent();
      Whole whole = wholes.get(name);
      boolean isWhole = whole != null && !whole.dynamic();
      boolean fits =
          switch (operands.get(Math.min(i, operands.size() - 1))) {
            case QUANTIZED -> isStored || isWhole;
            case BIAS -> isStored || name.isEmpty();
            default -> true;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private void layer(Node node, Node rounding, Form form, String value) {
    List<String> inputs = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < form.roles().size() || at < node.inputs().size(); i++) {
      switch (form.roles().get(Math.min(i, form.roles().size() - 1))) {
        case QUANTIZED -> inputs.addAll(whole(node.input(at++)));
        case RESULT -> inputs.addAll(rounding.inputs().subList(1, 3));
        case BIAS -> {
          String bias = node.input(at++);
          inputs.add(bias.isEmpty() ? "" : whole(bias).get(0));
        }
        case PLAIN -> inputs.add(read(node.input(at++)));
      }
    }
    while (inputs.get(inputs.size() - 1).isEmpty()) {
      inputs.remove(inputs.size() - 1);
    }
    Map<String, Attribute> attributes = new LinkedHashMap<>(node.attributes());
    if (node.operator().equals("Softmax")) {
      attributes.put("opset", new Attribute.Int(network.opset()));
    }
    parts.add(
        new Node(
            node.name(),
            form.name(),
            form.domain(),
            inputs,
            List.of(value),
            attributes,
            Opaque.NONE));
  }

  /** Whole numbers, scale and zero point of an operand. */
  private List<String> whole(String operand) {
    Whole whole = wholes.get(operand);
    return whole != null
        ? List.of(whole.value(), whole.scale(), whole.zero())
        : parts.stored(network.weight(operand).flatMap(Weight::quantized).orElseThrow());
  }

  private boolean movesIntegers(Node node) {
    if (!IntegerMoves.is(node) || !moved.contains(node.outputs().get(0))) {
      return false;
    }
    Whole first = wholes.get(IntegerMoves.moved(node).get(0));
    return first != null
        && IntegerMoves.moved(node).stream()
            .map(wholes::get)
            .allMatch(whole -> whole != null && whole.isLike(first));
  }

  private void move(Node node) {
    int count = IntegerMoves.moved(node).size();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Whole whole = i < count ? wholes.get(node.input(i)) : null;
      inputs.add(whole == null ? read(node.input(i)) : whole.value());
    }
    Whole first = wholes.get(node.input(0));
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      String made = node.outputs().get(i);
      boolean stays = made.isEmpty() || (i > 0 && node.operator().equals("MaxPool"));
      String value = stays ? made : parts.fresh(made + "/integers");
      outputs.add(value);
      if (!stays && first != null) {
        wholes.put(made, new Whole(value, first.scale(), first.zero(), first.axis(), false));
      }
    }
    parts.add(node.withInputs(inputs).withOutputs(outputs));
  }

  private boolean isDynamicLayer(Node node) {
    Whole whole = wholes.get(node.input(0));
    Optional<Quantized> kernels = network.weight(node.input(1)).flatMap(Weight::quantized);
    return whole != null
        && whole.dynamic()
        && kernels.isPresent()
        && node.domain().isEmpty()
        && Set.of("Conv", "MatMul").contains(node.operator());
  }

  /** {@code value} as floats, for a node that takes nothing else. */
  private String read(String value) {
    Whole whole = wholes.get(value);
    if (whole != null && floats.add(value)) {
      parts.dequantize(List.of(whole.value(), whole.scale(), whole.zero()), whole.axis(), value);
    }
    Optional<Quantized> stored = network.weight(value).flatMap(Weight::quantized);
    if (stored.isPresent() && floats.add(value)) {
      parts.dequantize(stored.get(), value);
    }
    return value;
  }
}
