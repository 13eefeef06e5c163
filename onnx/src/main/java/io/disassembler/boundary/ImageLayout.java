package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises how a network has its images. */
public final class ImageLayout {
  private static final int MOST_COLOURS = 4;

  /** Operators that keep the axes of their first input. */
  static final Set<String> KEEP_AXES =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Sum",
          "Concat",
          "Pad",
          "Slice",
          "Split",
          "Resize",
          "Upsample",
          "Clip",
          "Identity",
          "Relu",
          "Sigmoid",
          "Tanh",
          "Neg",
          "Abs",
          "Sqrt",
          "Log",
          "Exp",
          "Dropout",
          "FakeQuantize",
          "QuantizeLinear",
          "DequantizeLinear",
          "Max",
          "Min",
          "Cast");

  /** Operators whose first input has channels along axis 1. */
  static final Set<String> CHANNELS_SECOND =
      Set.of(
          "Conv",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "LpPool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "DepthToSpace",
          "SpaceToDepth",
          "LRN",
          "QLinearConv",
          "ConvInteger",
          "DeformConv");

  private static final Set<String> PICK = Set.of("Slice", "Split", "Gather");

  private final Network network;
  private final Value input;
  private final Set<String> seen = new HashSet<>();

  /** Values that may have only some of the input's channels, as one of two photographs. */
  private final Set<String> parts = new HashSet<>();

  private ImageLayout(Network network, Value input) {
    this.network = network;
    this.input = input;
  }

  /**
   * The layout of {@code input}: where the first layer reads its channels, or else where three or
   * four at most can be.
   *
   * @return empty if it cannot be known
   */
  public static Optional<Layout> of(Network network, Value input) {
    List<Dimension> declared = input.dimensions().orElse(List.of());
    if (declared.size() < 3 || declared.size() > Layout.NCDHW.rank()) {
      return Optional.empty();
    }
    AxisOrder axes = new AxisOrder("01234".substring(0, declared.size()));
    return new ImageLayout(network, input).read(input.name(), axes).or(() -> byExtents(declared));
  }

  private Optional<Layout> read(String value, AxisOrder axes) {
    if (!seen.add(value + axes)) {
      return Optional.empty();
    }
    for (Node reader : network.consumers(value)) {
      Optional<Layout> found =
          reader.domain().isEmpty() || reader.domain().startsWith("com.microsoft")
              ? read(reader, value, axes)
              : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Layout> read(Node reader, String value, AxisOrder axes) {
    String operator = reader.operator();
    if (CHANNELS_SECOND.contains(operator)) {
      return reader.input(0).equals(value) && axes.letters().length() == worked().rank()
          ? layout(axes.letters().charAt(1))
              .filter(layout -> parts.contains(value) || fits(layout, reader))
          : Optional.empty();
    }
    Optional<AxisOrder> behind =
        KEEP_AXES.contains(operator) || isPick(reader)
            ? Optional.of(axes)
            : Move.of(network, reader).flatMap(move -> move.behind(axes));
    if (behind.isEmpty()) {
      return Optional.empty();
    }
    if (PICK.contains(operator) || parts.contains(value)) {
      parts.addAll(reader.outputs());
    }
    for (String made : reader.outputs()) {
      Optional<Layout> found = read(made, behind.get());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A Gather of several along one axis, as to exchange red and blue. */
  private boolean isPick(Node reader) {
    return reader.operator().equals("Gather")
        && Constants.of(network, reader.input(1))
            .filter(indices -> indices.shape().rank() == 1)
            .isPresent();
  }

  private Optional<Layout> layout(char axis) {
    int rank = input.dimensions().orElseThrow().size();
    int place = axis - '0';
    return Stream.of(first(rank), last(rank))
        .filter(layout -> layout.channelAxis() == place)
        .findFirst();
  }

  /** What layers read: images have four axes there, also where the file leaves the batch out. */
  private Layout worked() {
    return first(input.dimensions().orElseThrow().size()).plain();
  }

  /** The layout of so many axes whose channels come before height and width. */
  public static Layout first(int rank) {
    return rank == 5 ? Layout.NCDHW : rank == 4 ? Layout.NCHW : Layout.CHW;
  }

  /** The layout of so many axes whose channels come last. */
  public static Layout last(int rank) {
    return rank == 5 ? Layout.NDHWC : rank == 4 ? Layout.NHWC : Layout.HWC;
  }

  /** Whether a layer that reads the image has as many channels as the file declares. */
  private boolean fits(Layout layout, Node layer) {
    if (!layer.operator().equals("Conv")
        || !(input.dimensions().orElseThrow().get(layout.channelAxis())
            instanceof Dimension.Fixed channels)) {
      return true;
    }
    Optional<Shape> kernels = Constants.of(network, layer.input(1)).map(Weight::shape);
    long groups =
        layer.attributes().get("group") instanceof Attribute.Int group ? group.value() : 1;
    return kernels.isEmpty()
        || kernels.get().rank() != worked().rank()
        || kernels.get().dimension(1) * groups >= channels.size();
  }

  private static Optional<Layout> byExtents(List<Dimension> declared) {
    Layout first = first(declared.size());
    Layout last = last(declared.size());
    boolean isFirst = few(declared.get(first.channelAxis()));
    boolean isLast = few(declared.get(last.channelAxis()));
    return isFirst == isLast ? Optional.empty() : Optional.of(isFirst ? first : last);
  }

  private static boolean few(Dimension dimension) {
    return dimension instanceof Dimension.Fixed fixed && fixed.size() <= MOST_COLOURS;
  }
}
