package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recognises how a network has its scores. */
public final class ScoreLayout {
  /** Operators that make the axes that their first computed input has, besides those of images. */
  private static final Set<String> KEEP_AXES_TOO =
      Set.of(
          "Mean",
          "Where",
          "Erf",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "HardSigmoid",
          "HardSwish",
          "Softplus",
          "Mish",
          "Gelu",
          "Round",
          "Floor",
          "Ceil",
          "Not",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Equal",
          "Reciprocal",
          "ReduceMax",
          "ReduceMin",
          "ReduceMean",
          "ReduceSum",
          "ReduceL2");

  private static final Set<String> OVER_CHANNELS = Set.of("Softmax", "LogSoftmax", "Hardmax");
  private static final long SOFTMAX_OF_ONE_AXIS_SINCE = 13;

  private final Network network;
  private final int rank;
  private final boolean volumes;
  private final Map<String, Optional<Layout>> seen = new HashMap<>();

  private ScoreLayout(Network network, int rank) {
    this.network = network;
    this.rank = rank;
    this.volumes = network.boundary().input().volumes();
  }

  /**
   * The layout of {@code output}: where a decision or the last layer has its channels.
   *
   * @param rank number of the output's axes
   * @return empty if the graph does not say
   */
  public static Optional<Layout> of(Network network, Value output, int rank) {
    if (rank < 2 || rank > 5) {
      return Optional.empty();
    }
    return new ScoreLayout(network, rank)
        .made(output.name(), new AxisOrder("01234".substring(0, rank)));
  }

  private Optional<Layout> made(String value, AxisOrder axes) {
    Optional<Layout> known = seen.get(value + axes);
    if (known == null) {
      // Whoever comes here again on the way has nothing new to say.
      seen.put(value + axes, Optional.empty());
      known =
          network
              .producer(value)
              .filter(node -> node.domain().isEmpty())
              .flatMap(node -> made(node, axes));
      seen.put(value + axes, known);
    }
    return known;
  }

  private Optional<Layout> made(Node node, AxisOrder axes) {
    String operator = node.operator();
    int axesHere = axes.letters().length();
    if (ImageLayout.CHANNELS_SECOND.contains(operator)) {
      return axesHere == network.boundary().input().plain().rank()
          ? layout(axes, 1)
          : Optional.empty();
    }
    if (OVER_CHANNELS.contains(operator)) {
      return decided(node, axes);
    }
    return switch (operator) {
      case "ArgMax", "ArgMin" -> extreme(node, axes);
      case "LayerNormalization" -> layout(axes, axesHere - 1);
      case "MatMul" ->
          Constants.of(network, node.input(1)).isPresent()
              ? layout(axes, axesHere - 1)
              : Optional.empty();
      case "Gather" -> first(List.of(node.input(0)), axes).filter(found -> isPick(node));
      default ->
          keepsAxes(node)
              ? first(node.inputs(), axes)
              : Move.of(network, node)
                  .flatMap(move -> move.before(axes))
                  .flatMap(before -> made(node.input(0), before));
    };
  }

  private Optional<Layout> first(List<String> inputs, AxisOrder axes) {
    for (String input : inputs) {
      Optional<Layout> found = made(input, axes);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Layout> decided(Node node, AxisOrder axes) {
    boolean single = network.opset() >= SOFTMAX_OF_ONE_AXIS_SINCE;
    int rankHere = axes.letters().length();
    int axis = axis(node, single ? -1 : 1, rankHere);
    // Before, an axis in front meant that one and all behind.
    return single || axis == rankHere - 1 ? layout(axes, axis) : first(node.inputs(), axes);
  }

  private Optional<Layout> extreme(Node node, AxisOrder axes) {
    if (node.attributes().get("keepdims") instanceof Attribute.Int keep && keep.value() == 0) {
      return rank == 4 && volumes
          ? Optional.of(Layout.NDHW)
          : rank == 3
              ? Optional.of(Layout.NHW)
              : rank == 2 ? Optional.of(Layout.HW) : Optional.empty();
    }
    return layout(axes, axis(node, 0, axes.letters().length()));
  }

  private static boolean keepsAxes(Node node) {
    if (ImageLayout.KEEP_AXES.contains(node.operator())) {
      return true;
    }
    boolean reduced =
        node.operator().startsWith("Reduce")
            && node.attributes().get("keepdims") instanceof Attribute.Int keep
            && keep.value() == 0;
    return KEEP_AXES_TOO.contains(node.operator()) && !reduced;
  }

  private boolean isPick(Node node) {
    return Constants.of(network, node.input(1))
        .filter(indices -> indices.shape().rank() == 1)
        .isPresent();
  }

  private Optional<Layout> layout(AxisOrder axes, int channelAxis) {
    if (channelAxis < 0 || channelAxis >= axes.letters().length()) {
      return Optional.empty();
    }
    char letter = axes.letters().charAt(channelAxis);
    if (volumes) {
      return letter == '1' && rank == 5
          ? Optional.of(Layout.NCDHW)
          : letter == '4'
              ? Optional.of(Layout.NDHWC)
              : letter == 'C' && rank == 4 ? Optional.of(Layout.NDHW) : Optional.empty();
    }
    return switch (rank) {
      case 4 ->
          letter == '1'
              ? Optional.of(Layout.NCHW)
              : letter == '3' ? Optional.of(Layout.NHWC) : Optional.empty();
      case 3 ->
          letter == '0'
              ? Optional.of(Layout.CHW)
              : letter == '2'
                  ? Optional.of(Layout.HWC)
                  : letter == 'C' ? Optional.of(Layout.NHW) : Optional.empty();
      default -> letter == 'C' ? Optional.of(Layout.HW) : Optional.empty();
    };
  }

  /** The axis that the node names, from the front; {@code rank} if there is no such axis. */
  private static int axis(Node node, long absent, int rank) {
    long axis =
        node.attributes().get("axis") instanceof Attribute.Int named ? named.value() : absent;
    long place = axis < 0 ? axis + rank : axis;
    return place >= 0 && place < rank ? (int) place : rank;
  }
}
