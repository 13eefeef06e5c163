package io.disassembler.resolution;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The sizes and positions that nodes state as constants, for smaller images: files of fixed image
 * sizes are full of them. What is not known here stays as it is; whether the network then runs is
 * to be seen.
 */
final class StatedSizes {
  /** What makes one place of many, wherever these begin and end. */
  private static final Set<String> SUMMARIES =
      Set.of("ReduceMean", "ReduceMax", "ReduceSum", "GlobalAveragePool", "GlobalMaxPool");

  /** Axes of feature maps. */
  private static final int MAPS = 4;

  private final Anatomy full;
  private final Network network;
  private final Extents height;
  private final Extents width;
  private final Names names;
  private final Network.Builder builder;

  /**
   * @param builder where other constants are added
   */
  StatedSizes(Anatomy full, Extents height, Extents width, Names names, Network.Builder builder) {
    this.full = full;
    this.height = height;
    this.width = width;
    this.names = names;
    this.builder = builder;
    network = full.network();
  }

  /** The node with what it states changed; itself if it states nothing about places. */
  Node changed(Node node) {
    return switch (node.operator()) {
      case "Resize" -> withSizes(node, 3);
      case "Expand" -> constant(node, 1).length == MAPS ? withSizes(node, 1) : node;
      case "Reshape" -> reshaped(node);
      case "AveragePool", "MaxPool" -> isGlobal(node) ? withKernel(node) : node;
      case "ConvTranspose" -> withOutput(node);
      case "Slice" -> node.inputs().size() > 2 ? sliced(node) : node;
      case "Gather" -> gathered(node);
      default -> node;
    };
  }

  private Extents along(int axis, int rank) {
    return axis == rank - 2 ? height : width;
  }

  /** Where places stay along the last two axes, or become one axis, or two again. */
  private Node reshaped(Node node) {
    Shape before = shape(node.input(0));
    Shape after = shape(node.outputs().get(0));
    if (before.rank() < 3 || after.rank() < 3) {
      return node;
    }
    int into = axisOf(places(before), after);
    if (into > 0 && places(before) > 1) {
      long[] sizes = constant(node, 1);
      long[] changed = sizes.clone();
      if (changed.length > into && changed[into] > 1) {
        changed[into] = other(before, before.rank() - 2) * other(before, before.rank() - 1);
      }
      return with(node, 1, sizes, changed);
    }
    boolean stay =
        Math.min(before.rank(), after.rank()) >= MAPS
            && before.dimension(before.rank() - 2) == after.dimension(after.rank() - 2)
            && before.dimension(before.rank() - 1) == after.dimension(after.rank() - 1);
    return stay || axisOf(places(after), before) > 0 ? withSizes(node, 1) : node;
  }

  private static long places(Shape shape) {
    return shape.dimension(shape.rank() - 2) * shape.dimension(shape.rank() - 1);
  }

  private long other(Shape shape, int axis) {
    long extent = shape.dimension(axis);
    return along(axis, shape.rank()).of(extent).orElse(extent);
  }

  /** The axis behind the first that has so many entries; 0 if none does. */
  private static int axisOf(long entries, Shape shape) {
    for (int axis = 1; axis < shape.rank(); axis++) {
      if (shape.dimension(axis) == entries) {
        return axis;
      }
    }
    return 0;
  }

  /** With the last two entries of an operand as extents of places. */
  private Node withSizes(Node node, int operand) {
    long[] sizes = constant(node, operand);
    if (sizes.length < 2) {
      return node;
    }
    long[] changed = sizes.clone();
    for (int at = sizes.length - 2; at < sizes.length; at++) {
      changed[at] = along(at, sizes.length).of(sizes[at]).orElse(sizes[at]);
    }
    return with(node, operand, sizes, changed);
  }

  private boolean isGlobal(Node node) {
    Shape read = shape(node.input(0));
    return read.rank() == 4
        && read.dimension(2) * read.dimension(3) > 1
        && node.attributes().get("kernel_shape") instanceof Attribute.Ints kernel
        && kernel.values().equals(List.of(read.dimension(2), read.dimension(3)));
  }

  private Node withKernel(Node node) {
    Shape read = shape(node.input(0));
    return node.withAttribute("kernel_shape", Attribute.Ints.of(other(read, 2), other(read, 3)));
  }

  private Node withOutput(Node node) {
    if (node.attributes().get("output_shape") instanceof Attribute.Ints stated
        && stated.values().size() == 2) {
      long rows = stated.values().get(0);
      long columns = stated.values().get(1);
      return node.withAttribute(
          "output_shape",
          Attribute.Ints.of(height.of(rows).orElse(rows), width.of(columns).orElse(columns)));
    }
    return node;
  }

  /**
   * Where all of the part becomes one place, as in pooling to a fixed size, it is the same share of
   * the axis; else as much is left out at both ends.
   */
  private Node sliced(Node node) {
    int rank = shape(node.input(0)).rank();
    long[] starts = constant(node, 1);
    long[] ends = constant(node, 2);
    long[] axes =
        node.input(3).isEmpty() ? LongStream.range(0, starts.length).toArray() : constant(node, 3);
    if (starts.length == 0 || axes.length != starts.length || ends.length != starts.length) {
      return node;
    }
    boolean pooled =
        network.consumers(node.outputs().get(0)).stream()
            .allMatch(reader -> SUMMARIES.contains(reader.operator()));
    long[] from = starts.clone();
    long[] to = ends.clone();
    for (int i = 0; i < axes.length; i++) {
      int axis = Math.toIntExact(axes[i] < 0 ? axes[i] + rank : axes[i]);
      if (axis < rank - 2 || axis < 2) {
        continue;
      }
      long extent = shape(node.input(0)).dimension(axis);
      long other = along(axis, rank).of(extent).orElse(extent);
      if (pooled && starts[i] >= 0) {
        from[i] = starts[i] * other / extent;
        to[i] =
            ends[i] < extent && ends[i] > 0 ? -Math.floorDiv(-ends[i] * other, extent) : ends[i];
      }
      if (ends[i] > extent / 2 && ends[i] <= extent) {
        to[i] = pooled && ends[i] < extent ? to[i] : ends[i] - extent + other;
      }
    }
    return with(with(node, 1, starts, from), 2, ends, to);
  }

  /** Places at equal distances, rounded down, as exporters write pooling to a fixed size. */
  private Node gathered(Node node) {
    Shape read = shape(node.input(0));
    int axis =
        node.attributes().get("axis") instanceof Attribute.Int stated
            ? Math.toIntExact(stated.value() < 0 ? stated.value() + read.rank() : stated.value())
            : 0;
    long[] places = constant(node, 1);
    if (read.rank() != 4 || axis < 2 || places.length < 2) {
      return node;
    }
    Extents extents = along(axis, 4);
    OptionalLong count = extents.of(places.length);
    OptionalLong span = span(places);
    if (count.isEmpty() || span.isEmpty()) {
      return node;
    }
    long over = extents.of(span.getAsLong()).orElse(span.getAsLong());
    return with(node, 1, places, spread(Math.toIntExact(count.getAsLong()), over));
  }

  /** Over how many places so many are spread evenly. */
  private static OptionalLong span(long[] places) {
    long last = places[places.length - 1];
    return LongStream.rangeClosed(last + 1, 2 * last + 2)
        .filter(span -> Arrays.equals(places, spread(places.length, span)))
        .findFirst();
  }

  private static long[] spread(int count, long span) {
    return LongStream.range(0, count).map(i -> i * span / count).toArray();
  }

  private Shape shape(String value) {
    return full.probe().shape(value);
  }

  /** The entries of an operand; none if it is computed. */
  private long[] constant(Node node, int operand) {
    return network
        .weight(node.input(operand))
        .filter(weight -> weight.type() == ElementType.INT64)
        .map(Weight::longs)
        .orElse(new long[0]);
  }

  private Node with(Node node, int operand, long[] before, long[] after) {
    if (Arrays.equals(before, after)) {
      return node;
    }
    String name = names.fresh(node.input(operand) + "/reduced");
    builder.weight(Weight.ofLongs(name, after));
    return node.withInput(operand, name);
  }
}
