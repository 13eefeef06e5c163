package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a sub-network (docs/architecture.md, "Head"): channel 0 is {@code other}, the
 * largest of the outputs that were not chosen, and the chosen categories follow in their order. So
 * the arg max picks a chosen category exactly where the full network's does, but for the balance: a
 * constant added to each chosen category. A network that ends in category numbers has them
 * renumbered the same way. Of independent categories the chosen outputs stay and the others go.
 */
public final class CategoryHead {
  private final Network network;
  private final CategoryMapping mapping;
  private final String scores;
  private final String raw;
  private final Network.Builder builder;
  private final List<Node> added = new ArrayList<>();

  private CategoryHead(Network network, CategoryMapping mapping, String scores) {
    this.network = network;
    this.mapping = mapping;
    this.scores = scores;
    raw = new Names(network).fresh(scores + "/all");
    builder = network.toBuilder();
  }

  /**
   * {@code network} with its first output reduced to {@code other} and the chosen categories;
   * itself if all are chosen in their order, or if there is only one.
   *
   * @param shape the shape of that output when it was probed: (N, K, H, W) scores, or category
   *     numbers
   * @param type its element type
   * @param balance one constant for each chosen category, added to its scores; empty for none
   * @throws InvalidInputException if it has not one channel for each category
   */
  public static Network attach(
      Network network,
      CategoryMapping mapping,
      Shape shape,
      ElementType type,
      List<Double> balance) {
    if (mapping.keepsAll()) {
      return network;
    }
    String output = network.outputs().get(0).name();
    CategoryHead head = new CategoryHead(network, mapping, output);
    if (!type.isFloating() && !mapping.independent()) {
      return head.numbers(type);
    }
    int categories = mapping.source().size();
    if (shape.rank() < 2 || shape.dimension(1) != categories) {
      throw new InvalidInputException(
          "%s: output '%s' is %s; expected %d channels along axis 1, one for each category"
              .formatted(network.name(), output, shape, categories));
    }
    head.renameScores();
    head.reduce(shape.rank(), balance);
    return head.withChannels(shape.rank());
  }

  /**
   * The same with the scores reduced before the Resize that {@code network} ends in enlarges them:
   * 2 maps of 150 take a fraction of the time and memory. The largest of interpolated scores is not
   * quite the interpolated largest: at edges between categories that were not chosen {@code other}
   * may be larger.
   *
   * @param rank number of axes of the output
   */
  static Network attach(
      Network network,
      CategoryMapping mapping,
      Enlargement enlargement,
      int rank,
      List<Double> balance) {
    CategoryHead head = new CategoryHead(network, mapping, enlargement.scores());
    List<Node> nodes = new ArrayList<>();
    int made = 0;
    for (Node node : network.nodes()) {
      Node renamed =
          node.equals(enlargement.resize())
              ? enlargement.ofChannels(mapping.names().size(), network, head.builder)
              : node.withOutputs(node.outputs().stream().map(head::renamed).toList());
      nodes.add(renamed);
      made = renamed.outputs().contains(head.raw) ? nodes.size() : made;
    }
    head.reduce(rank, balance);
    nodes.addAll(made, head.added);
    head.builder.nodes(nodes);
    head.builder.annotations(
        network.annotations().values().stream()
            .filter(value -> !value.name().equals(head.scores))
            .toList());
    return head.withChannels(rank);
  }

  /** Makes {@link #scores} of {@link #raw}. */
  private void reduce(int rank, List<Double> balance) {
    List<String> parts = new ArrayList<>();
    if (mapping.hasOther()) {
      parts.add(largest(gather(mapping.other(), "/others")));
    }
    String chosen = gather(mapping.chosen(), "/chosen");
    parts.add(balance.stream().allMatch(b -> b == 0) ? chosen : balanced(chosen, rank, balance));
    add("Concat", parts, scores, Map.of("axis", new Attribute.Int(1)));
  }

  private String gather(List<Integer> channels, String suffix) {
    String indices = raw + suffix + "/indices";
    builder.weight(
        Weight.ofLongs(indices, channels.stream().mapToLong(Integer::longValue).toArray()));
    return add("Gather", List.of(raw, indices), raw + suffix, Map.of("axis", new Attribute.Int(1)));
  }

  private String balanced(String chosen, int rank, List<Double> balance) {
    float[] constants = new float[balance.size()];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = balance.get(i).floatValue();
    }
    long[] alongChannels = new long[rank];
    Arrays.fill(alongChannels, 1);
    alongChannels[1] = constants.length;
    String name = raw + "/balance";
    builder.weight(Weight.ofFloats(name, Shape.of(alongChannels), constants));
    return add("Add", List.of(chosen, name), chosen + "/balanced", Map.of());
  }

  private String largest(String scores) {
    if (mapping.other().size() == 1) {
      return scores;
    }
    String result = raw + "/other";
    if (network.opset() < 18) {
      return add("ReduceMax", List.of(scores), result, Map.of("axes", Attribute.Ints.of(1)));
    }
    String axes = raw + "/other/axes";
    builder.weight(Weight.ofLongs(axes, 1));
    return add("ReduceMax", List.of(scores, axes), result, Map.of());
  }

  private Network numbers(ElementType type) {
    renameScores();
    int categories = mapping.source().size();
    ByteBuffer table =
        ByteBuffer.allocate(categories * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < mapping.chosen().size(); i++) {
      table.put(mapping.chosen().get(i) * type.bytes(), (byte) (mapping.firstChosen() + i));
    }
    String numbers = raw + "/numbers";
    builder.weight(Weight.of(numbers, type, Shape.of(categories), table));
    add("Gather", List.of(numbers, indices(type)), scores, Map.of("axis", new Attribute.Int(0)));
    return builder.build();
  }

  /** The category numbers as Gather takes them. */
  private String indices(ElementType type) {
    return type == ElementType.INT32 || type == ElementType.INT64
        ? raw
        : add(
            "Cast",
            List.of(raw),
            raw + "/indices",
            Map.of("to", new Attribute.Int(ElementType.INT32.code())));
  }

  /** Frees the output's name, which users know, for the new output. */
  private void renameScores() {
    builder.nodes(
        network.nodes().stream()
            .map(
                node ->
                    node.withInputs(node.inputs().stream().map(this::renamed).toList())
                        .withOutputs(node.outputs().stream().map(this::renamed).toList()))
            .toList());
  }

  private String renamed(String value) {
    return value.equals(scores) ? raw : value;
  }

  private String add(
      String operator, List<String> inputs, String made, Map<String, Attribute> attributes) {
    Node node = Node.of(made + "/" + operator, operator, inputs, List.of(made), attributes);
    builder.node(node);
    added.add(node);
    return made;
  }

  private Network withChannels(int rank) {
    List<Value> outputs = new ArrayList<>(network.outputs());
    Value first = outputs.get(0);
    outputs.set(
        0,
        first
            .dimensions()
            .filter(dimensions -> dimensions.size() == rank)
            .map(
                dimensions -> {
                  List<Dimension> changed = new ArrayList<>(dimensions);
                  changed.set(1, new Dimension.Fixed(mapping.names().size()));
                  return first.withDimensions(changed);
                })
            .orElse(first.withoutDimensions()));
    return builder.outputs(outputs).build();
  }
}
