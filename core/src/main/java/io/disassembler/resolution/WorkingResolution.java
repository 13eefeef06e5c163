package io.disassembler.resolution;

import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network that takes the same images and makes maps of the same size, but works on reduced images
 * in between (docs/architecture.md, "Resolution"): images are interpolated to fewer pixels, and the
 * logits back. All its cost shrinks with the area; its weights stay as they are.
 */
public final class WorkingResolution {
  /** The first opset whose Resize takes sizes. */
  private static final long OPSET = 11;

  /** The first opset whose Resize may leave regions and scales out. */
  private static final long OPTIONAL = 13;

  private static final int SIZES = 3;

  private final Anatomy full;
  private final Network network;
  private final Names names;
  private final Network.Builder builder;
  private final Map<String, String> reduced = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Extents height;
  private final Extents width;

  private WorkingResolution(Anatomy full, Extents height, Extents width) {
    this.full = full;
    this.height = height;
    this.width = width;
    network = full.network();
    names = new Names(network);
    builder = network.toBuilder();
  }

  /**
   * The network at another resolution; empty if that takes more than to change sizes: where images
   * are no N x C x H x W, numbers are whole, the opset is below 11, or the file relies on sizes in
   * other ways than are known here ({@link StatedSizes}).
   *
   * @param full the network at its own
   * @param scale of each side of the images, in (0, 1]; taken to the nearest size whose remainders
   *     on division by strides are those of the full size
   */
  public static Optional<Anatomy> of(Anatomy full, double scale) {
    Shape image = full.probe().shape(full.network().inputs().get(0).name());
    boolean alike =
        full.network().inputs().stream()
            .map(input -> full.probe().shape(input.name()))
            .allMatch(shape -> shape.rank() == 4 && spatial(shape).equals(spatial(image)));
    if (!alike
        || full.network().opset() < OPSET
        || !full.network().boundary().quantized().isEmpty()) {
      return Optional.empty();
    }
    Extents height = Extents.scaled(image.dimension(2), scale);
    Extents width = Extents.scaled(image.dimension(3), scale);
    if (height.lost() == 0 && width.lost() == 0) {
      return Optional.of(full);
    }
    return height.left() > 0 && width.left() > 0
        ? new WorkingResolution(full, height, width).anatomy()
        : Optional.empty();
  }

  /**
   * Height and width that a network works at, where its images are reduced.
   *
   * @param image the images' shape, N x C x H x W
   * @param scale as above
   */
  public static Size size(Shape image, double scale) {
    return Size.of(
        Extents.scaled(image.dimension(2), scale).left(),
        Extents.scaled(image.dimension(3), scale).left());
  }

  private static List<Long> spatial(Shape shape) {
    return List.of(shape.dimension(2), shape.dimension(3));
  }

  private Optional<Anatomy> anatomy() {
    String logits = Logits.of(full).source();
    Shape made = full.probe().shape(logits);
    network.inputs().forEach(this::reduce);
    StatedSizes sizes = new StatedSizes(full, height, width, names, builder);
    Optional<Node> last = network.producer(logits).filter(node -> isSizing(node));
    String small = names.fresh(logits + "/reduced");
    for (Node node : network.nodes()) {
      boolean ends = last.isEmpty() && node.outputs().contains(logits);
      Node changed = read(last.filter(node::equals).isPresent() ? node : sizes.changed(node));
      nodes.add(
          ends
              ? changed.withOutputs(
                  changed.outputs().stream().map(v -> v.equals(logits) ? small : v).toList())
              : changed);
      if (ends) {
        enlarge(small, logits, made);
      }
    }
    builder.nodes(nodes).annotations(List.of());
    Map<String, Shape> inputs =
        network.inputs().stream()
            .collect(Collectors.toMap(Value::name, input -> full.probe().shape(input.name())));
    try {
      Anatomy anatomy = Anatomy.of(builder.build(), inputs, full.threads());
      return Optional.of(anatomy).filter(this::putsOutTheSame).filter(RuntimeTrial::agrees);
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** What else is put out would be smaller. */
  private boolean putsOutTheSame(Anatomy low) {
    return network.outputs().stream()
        .map(Value::name)
        .allMatch(output -> low.probe().shape(output).equals(full.probe().shape(output)));
  }

  private boolean isSizing(Node node) {
    return node.operator().equals("Resize") && network.weight(node.input(SIZES)).isPresent();
  }

  /** The node reading the reduced images. */
  private Node read(Node node) {
    return node.withInputs(
        node.inputs().stream().map(value -> reduced.getOrDefault(value, value)).toList());
  }

  private void reduce(Value input) {
    String image = input.name();
    String small = names.fresh(image + "/reduced");
    String sizes = isFixed(input) ? fixedSizes(image) : computedSizes(image);
    nodes.add(resize(halved(image), sizes, small));
    reduced.put(image, small);
  }

  /** The images pooled as often as they stay larger than wanted, so that all pixels count. */
  private String halved(String image) {
    String value = image;
    long rows = height.image() / 2;
    long columns = width.image() / 2;
    while (rows > height.left() && columns > width.left()) {
      String pooled = names.fresh(image + "/halved");
      nodes.add(
          Node.of(
              pooled + "/AveragePool",
              "AveragePool",
              List.of(value),
              List.of(pooled),
              Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2))));
      value = pooled;
      rows /= 2;
      columns /= 2;
    }
    return value;
  }

  private static boolean isFixed(Value input) {
    return input
        .dimensions()
        .filter(all -> !all.isEmpty())
        .filter(all -> all.stream().allMatch(each -> each instanceof Dimension.Fixed))
        .isPresent();
  }

  private String fixedSizes(String image) {
    Shape shape = full.probe().shape(image);
    return constant(
        image + "/sizes", shape.dimension(0), shape.dimension(1), height.left(), width.left());
  }

  /** Takes as many whole steps off the images' actual sizes as the scale says, never all. */
  private String computedSizes(String image) {
    String shape = add("Shape", image + "/shape", image);
    String share =
        add(
            "Mul",
            image + "/share",
            shape,
            constant(image + "/lost", 0, 0, height.lost(), width.lost()));
    String steps =
        add(
            "Div",
            image + "/steps",
            share,
            constant(
                image + "/whole",
                1,
                1,
                height.image() * height.step(),
                width.image() * width.step()));
    String lost =
        add(
            "Mul",
            image + "/less",
            steps,
            constant(image + "/step", 1, 1, height.step(), width.step()));
    return add("Sub", image + "/sizes", shape, lost);
  }

  private void enlarge(String small, String logits, Shape made) {
    Value input = network.inputs().get(0);
    String sizes;
    if (isFixed(input)) {
      sizes = constant(logits + "/sizes", made.dimensions());
    } else {
      String channels = slice(add("Shape", logits + "/shape", small), logits + "/channels", 0, 2);
      String whole = slice(add("Shape", logits + "/full", input.name()), logits + "/image", 2, 4);
      long rows = height.image() / made.dimension(2);
      long columns = width.image() / made.dimension(3);
      // Strided layers round up.
      String padded =
          add("Add", logits + "/padded", whole, constant(logits + "/less", rows - 1, columns - 1));
      String places =
          add("Div", logits + "/places", padded, constant(logits + "/stride", rows, columns));
      sizes = names.fresh(logits + "/sizes");
      nodes.add(
          Node.of(
              sizes + "/Concat",
              "Concat",
              List.of(channels, places),
              List.of(sizes),
              Map.of("axis", new Attribute.Int(0))));
    }
    nodes.add(resize(small, sizes, logits));
  }

  private String slice(String value, String made, long start, long end) {
    return add(
        "Slice", made, value, constant(made + "/start", start), constant(made + "/end", end));
  }

  private Node resize(String from, String sizes, String to) {
    String none = network.opset() < OPTIONAL ? nothing(to) : "";
    return Node.of(
        to + "/Resize",
        "Resize",
        List.of(from, none, none, sizes),
        List.of(to),
        Map.of(
            "mode", new Attribute.Text("linear"),
            "coordinate_transformation_mode", new Attribute.Text("half_pixel")));
  }

  /** What stands for operands that are not given where none may be left out. */
  private String nothing(String wanted) {
    String name = names.fresh(wanted + "/none");
    builder.weight(Weight.ofFloats(name, Shape.of(0)));
    return name;
  }

  private String add(String operator, String wanted, String... inputs) {
    String made = names.fresh(wanted);
    nodes.add(Node.of(made + "/" + operator, operator, List.of(inputs), List.of(made), Map.of()));
    return made;
  }

  private String constant(String wanted, long... values) {
    String name = names.fresh(wanted);
    builder.weight(Weight.ofLongs(name, values));
    return name;
  }
}
