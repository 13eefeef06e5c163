package io.disassembler.engine;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Max unpooling as PyTorch's current exporter writes it, put back into ONNX's MaxUnpool. The
 * exporter takes the number of the map off the places that a MaxPool found, adds it again, and
 * scatters all maps as one row of numbers with ScatterND, in which no channel can be told from
 * another.
 *
 * <pre>
 *   p = MaxPool(x).Indices - Slice(MaxPool of 1 x 1 (x).Indices, the first of each map)
 *   y = Reshape(ScatterND(zeros, Unsqueeze(Reshape(p + map x area, -1), -1), Reshape(u, -1)), shape)
 * </pre>
 */
public final class ScatteredUnpooling {
  private static final List<String> WINDOW = List.of("kernel_shape", "pads", "strides");

  private final Network network;
  private final Probe probe;

  private ScatteredUnpooling(Network network, Probe probe) {
    this.network = network;
    this.probe = probe;
  }

  /**
   * {@code network} with a MaxUnpool for each that is written so and is one.
   *
   * @param network with constants folded
   * @param probe what a run of it showed; weights included
   */
  public static Network gathered(Network network, Probe probe) {
    if (network.nodes().stream().noneMatch(node -> node.operator().equals("ScatterND"))) {
      return network;
    }
    ScatteredUnpooling unpooling = new ScatteredUnpooling(network, probe);
    List<Node> nodes =
        network.nodes().stream()
            .map(node -> node.operator().equals("Reshape") ? unpooling.gathered(node) : node)
            .toList();
    return nodes.equals(network.nodes())
        ? network
        : Reachable.only(network.toBuilder().nodes(nodes).build());
  }

  /** {@code reshape}, or what it and all before it do. */
  private Node gathered(Node reshape) {
    Optional<Node> scatter = maker(reshape.input(0), "ScatterND").filter(this::ontoZeros);
    Optional<Node> added =
        scatter
            .flatMap(node -> maker(node.input(1), "Unsqueeze"))
            .flatMap(node -> maker(node.input(0), "Reshape"))
            .flatMap(node -> maker(node.input(0), "Add"));
    Optional<Node> updates = scatter.flatMap(node -> maker(node.input(2), "Reshape"));
    if (added.isEmpty() || updates.isEmpty()) {
      return reshape;
    }
    for (int operand = 0; operand < 2; operand++) {
      Optional<Node> pool = pool(added.get().input(operand));
      if (pool.isPresent()
          && numbersMaps(added.get().input(1 - operand), pool.get().input(0))
          && probe.shape(reshape.outputs().get(0)).equals(probe.shape(pool.get().input(0)))
          && probe.shape(updates.get().input(0)).equals(probe.shape(pool.get().outputs().get(1)))) {
        return unpool(reshape, updates.get().input(0), pool.get());
      }
    }
    return reshape;
  }

  private static Node unpool(Node reshape, String updates, Node pool) {
    Map<String, Attribute> window = new LinkedHashMap<>();
    for (String name : WINDOW) {
      if (pool.attributes().get(name) != null) {
        window.put(name, pool.attributes().get(name));
      }
    }
    return Node.of(
        reshape.label(),
        "MaxUnpool",
        List.of(updates, pool.outputs().get(1), reshape.input(1)),
        reshape.outputs(),
        window);
  }

  private Optional<Node> maker(String value, String operator) {
    return network.producer(value).filter(node -> node.operator().equals(operator));
  }

  /** Whether {@code scatter} puts numbers, of which none are lost, onto nothing but zeros. */
  private boolean ontoZeros(Node scatter) {
    return !scatter.attributes().containsKey("reduction") && isZeros(scatter.input(0));
  }

  private boolean isZeros(String value) {
    Optional<Weight> weight = network.weight(value);
    if (weight.isPresent()) {
      return weight.get().type() == ElementType.FLOAT && isZero(weight.get());
    }
    Optional<Node> node = network.producer(value);
    if (node.isEmpty()) {
      return false;
    }
    return switch (node.get().operator()) {
      case "Reshape", "Expand", "Cast" -> isZeros(node.get().input(0));
      case "ConstantOfShape" ->
          !(node.get().attributes().get("value") instanceof Attribute.Tensor filling)
              || filling.value().type() == ElementType.FLOAT && isZero(filling.value());
      default -> false;
    };
  }

  private static boolean isZero(Weight weight) {
    for (float element : weight.floats()) {
      if (element != 0) {
        return false;
      }
    }
    return true;
  }

  /** The MaxPool whose places, as numbers within their maps, {@code value} holds. */
  private Optional<Node> pool(String value) {
    Optional<Node> difference = maker(value, "Sub");
    Optional<Node> pool = difference.flatMap(node -> places(node.input(0)));
    Optional<Node> each =
        difference
            .flatMap(node -> maker(node.input(1), "Slice"))
            .filter(this::takesFirstOfEachMap)
            .flatMap(node -> places(node.input(0)));
    return pool.filter(
        node ->
            each.isPresent()
                && each.get().input(0).equals(node.input(0))
                && isOne(each.get().attributes().get("kernel_shape"))
                && each.get()
                    .outputs()
                    .get(1)
                    .equals(maker(difference.get().input(1), "Slice").get().input(0)));
  }

  /** The MaxPool whose second output {@code value} is, numbered row by row. */
  private Optional<Node> places(String value) {
    return maker(value, "MaxPool")
        .filter(node -> node.outputs().indexOf(value) == 1)
        .filter(
            node ->
                !(node.attributes().get("storage_order") instanceof Attribute.Int order)
                    || order.value() == 0);
  }

  private boolean takesFirstOfEachMap(Node slice) {
    Shape from = probe.shape(slice.input(0));
    Shape to = probe.shape(slice.outputs().get(0));
    boolean one =
        to.rank() == from.rank()
            && to.dimension(0) == from.dimension(0)
            && to.dimension(1) == from.dimension(1)
            && LongStream.of(to.dimensions()).skip(2).allMatch(extent -> extent == 1);
    return one && slice.inputs().size() == 4 && allZero(slice.input(1));
  }

  private boolean allZero(String value) {
    return network
        .weight(value)
        .map(weight -> Arrays.stream(weight.longs()).allMatch(start -> start == 0))
        .orElse(false);
  }

  private static boolean isOne(Attribute kernel) {
    return kernel instanceof Attribute.Ints sizes
        && sizes.values().stream().allMatch(size -> size == 1);
  }

  /** Whether {@code value} has the number of the first element of each map of {@code pooled}. */
  private boolean numbersMaps(String value, String pooled) {
    Shape maps = probe.shape(pooled);
    long area = LongStream.of(maps.dimensions()).skip(2).reduce(1, (a, b) -> a * b);
    Optional<Weight> weight = network.weight(value);
    long[] numbers = weight.isPresent() ? weight.get().integers() : probe.integers().get(value);
    return numbers != null
        && Arrays.equals(
            numbers,
            LongStream.range(0, maps.dimension(0) * maps.dimension(1))
                .map(map -> map * area)
                .toArray());
  }
}
