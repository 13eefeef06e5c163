package io.disassembler.attribution;

import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Logits that a network never makes itself, as nodes beside its own: from the maps that its scores
 * are probabilities of, or from probabilities.
 *
 * @param nodes read what the network makes, and each other
 */
record LogitNodes(List<Node> nodes, List<Weight> weights, String value) {
  /** How near to 0 and 1 probabilities may come before their logits go no further. */
  private static final double CLOSEST = 1e-6;

  LogitNodes {
    nodes = List.copyOf(nodes);
    weights = List.copyOf(weights);
  }

  /** {@code network} with these nodes at its end; the outputs stay. */
  Network addedTo(Network network) {
    Network.Builder more = network.toBuilder();
    weights.forEach(more::weight);
    nodes.forEach(more::node);
    return more.build();
  }

  /** The maps that a decision starts from, as logits, at the places where its scores are. */
  static LogitNodes before(Tail tail, KnownDecision decision, Probe probe) {
    Draft draft = new Draft(tail.scores(), probe.type(tail.from()));
    String value = tail.from();
    int maps = Math.toIntExact(probe.shape(value).dimension(1));
    List<Integer> channels = decision.channels();
    if (!channels.equals(IntStream.range(0, maps).boxed().toList())) {
      String own = draft.gather(value, channels.stream().mapToLong(Integer::longValue).toArray());
      value = decision.competing() ? draft.oddsAgainst(own, value, channels.get(0), maps) : own;
    }
    if (decision.scale() != 1) {
      value = draft.add("Mul", value, draft.constant(decision.scale()));
    }
    for (Program.Step move : tail.moves(probe)) {
      value = draft.again(move.node(), value);
    }
    return draft.done(value);
  }

  /**
   * Logits of scores that are probabilities, or lie evenly between two other ends.
   *
   * @param range where the scores lie
   * @param single whether there is one category; others compete
   */
  static LogitNodes of(String scores, Interval range, boolean single, ElementType type) {
    Draft draft = new Draft(scores, type);
    double slope = (1 - 2 * CLOSEST) / (range.high() - range.low());
    String inside =
        draft.add(
            "Add",
            draft.add("Mul", scores, draft.constant(slope)),
            draft.constant(CLOSEST - range.low() * slope));
    String yes = draft.add("Log", inside);
    return draft.done(
        single
            ? draft.add("Sub", yes, draft.add("Log", draft.add("Sub", draft.constant(1), inside)))
            : yes);
  }

  /** Nodes in the making. */
  private static final class Draft {
    private final String prefix;
    private final ElementType type;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Weight> weights = new ArrayList<>();

    Draft(String scores, ElementType type) {
      this.prefix = scores + "/logits";
      this.type = type;
    }

    String add(String operator, String... inputs) {
      return add(operator, Map.of(), inputs);
    }

    String add(String operator, Map<String, Attribute> attributes, String... inputs) {
      String made = prefix + "/" + nodes.size();
      nodes.add(Node.of(made, operator, List.of(inputs), List.of(made), attributes));
      return made;
    }

    String again(Node node, String from) {
      String made = prefix + "/" + nodes.size();
      nodes.add(node.withName(made).withInput(0, from).withOutputs(List.of(made)));
      return made;
    }

    String constant(double number) {
      String name = prefix + "/constant/" + weights.size();
      weights.add(
          NativeScope.in(
              () ->
                  TensorData.toWeight(
                      name, Tensor.create(new double[] {number}).to(TensorData.scalarType(type)))));
      return name;
    }

    String gather(String value, long... channels) {
      String indices = prefix + "/channels/" + weights.size();
      weights.add(Weight.ofLongs(indices, channels));
      return add("Gather", Map.of("axis", new Attribute.Int(1)), value, indices);
    }

    /** log p / (1 - p) of one map among those of a softmax: it, less what the others sum up to. */
    String oddsAgainst(String own, String all, int channel, int maps) {
      String others =
          gather(all, LongStream.range(0, maps).filter(map -> map != channel).toArray());
      String rest = maps == 2 ? others : logSum(others);
      return add("Sub", own, rest);
    }

    private String logSum(String maps) {
      Map<String, Attribute> overMaps = Map.of("axis", new Attribute.Int(1));
      String first = gather(maps, 0);
      // log sum exp = x - log softmax(x), at any of the maps.
      return add("Sub", first, gather(add("LogSoftmax", overMaps, maps), 0));
    }

    LogitNodes done(String value) {
      return new LogitNodes(nodes, weights, value);
    }
  }
}
