package io.disassembler.operator;

import io.disassembler.graph.Shape;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Which channel each element of a tensor belongs to: an integer label per element, stored once
 * where an axis makes no difference. Label {@link #NONE} belongs to no channel. Immutable.
 */
public final class Labels {
  /** The label of elements that are no channel's: never removed. */
  public static final int NONE = 0;

  private final Shape shape;
  private final Shape grid;
  private final int[] labels;

  private Labels(Shape shape, Shape grid, int[] labels) {
    this.shape = shape;
    this.grid = grid;
    this.labels = labels;
  }

  /** All elements carry {@code label}. */
  public static Labels constant(Shape shape, int label) {
    return new Labels(shape, ones(shape.rank()), new int[] {label});
  }

  /** The elements at index i along {@code axis} carry {@code labels[i]}. */
  public static Labels along(Shape shape, int axis, int[] labels) {
    if (shape.dimension(axis) != labels.length) {
      throw new IllegalArgumentException(shape + " has not " + labels.length + " along " + axis);
    }
    return ofGrid(shape, ones(shape.rank()).with(axis, labels.length), labels.clone());
  }

  /**
   * The labels of a dense grid: along every axis it has either the shape's extent, or 1 where the
   * axis makes no difference.
   */
  public static Labels ofGrid(Shape shape, Shape grid, int[] labels) {
    return labels.length == 0
        ? constant(shape, NONE)
        : new Labels(shape, grid, labels).compressed();
  }

  /** The labels in an integer tensor. */
  public static Labels of(Tensor tensor) {
    Shape shape = TensorData.shape(tensor);
    if (shape.elements() == 0) {
      return constant(shape, NONE);
    }
    Tensor grid = tensor;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      Tensor first = grid.narrow(axis, 0, 1);
      if (grid.size(axis) > 1 && grid.eq(first).all().item_bool()) {
        grid = first;
      }
    }
    long[] values = TensorData.longs(grid);
    int[] labels = Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    return new Labels(shape, TensorData.shape(grid), labels);
  }

  /** A tensor of type INT64 with the label of every element. */
  public Tensor toTensor() {
    long[] values = Arrays.stream(labels).asLongStream().toArray();
    return TensorData.ofLongs(values, grid.dimensions()).expand(shape.dimensions());
  }

  public Shape shape() {
    return shape;
  }

  /** Extents of the stored grid: 1 along axes that make no difference. */
  public Shape grid() {
    return grid;
  }

  /** The labels of the stored grid, row-major. */
  public int[] values() {
    return labels.clone();
  }

  /** True if elements differ along {@code axis}. */
  public boolean varies(int axis) {
    return grid.dimension(axis) > 1;
  }

  /** The label at each index along {@code axis}; elements must not differ along any other axis. */
  public int[] along(int axis) {
    for (int other = 0; other < grid.rank(); other++) {
      if (other != axis && varies(other)) {
        throw new IllegalStateException("labels of " + shape + " differ along axis " + other);
      }
    }
    int[] along = new int[Math.toIntExact(shape.dimension(axis))];
    for (int i = 0; i < along.length; i++) {
      along[i] = labels[labels.length == 1 ? 0 : i];
    }
    return along;
  }

  /** The same labels on a shape that differs only along axes that make no difference. */
  public Labels withShape(Shape other) {
    for (int axis = 0; axis < grid.rank(); axis++) {
      if (varies(axis) && other.dimension(axis) != shape.dimension(axis)) {
        throw new IllegalStateException("labels of " + shape + " do not fit " + other);
      }
    }
    return new Labels(other, grid, labels);
  }

  /** The labels after {@code rename}, with axes dropped that make no difference any more. */
  public Labels map(java.util.function.IntUnaryOperator rename) {
    return new Labels(shape, grid, Arrays.stream(labels).map(rename).toArray()).compressed();
  }

  private Labels compressed() {
    Labels result = this;
    for (int axis = grid.rank() - 1; axis >= 0; axis--) {
      result = result.compressed(axis);
    }
    return result;
  }

  private Labels compressed(int axis) {
    int extent = Math.toIntExact(grid.dimension(axis));
    if (extent == 1) {
      return this;
    }
    int inner = 1;
    for (int i = axis + 1; i < grid.rank(); i++) {
      inner *= Math.toIntExact(grid.dimension(i));
    }
    int outer = labels.length / (extent * inner);
    int[] first = new int[outer * inner];
    for (int o = 0; o < outer; o++) {
      for (int e = 0; e < extent; e++) {
        for (int i = 0; i < inner; i++) {
          int label = labels[(o * extent + e) * inner + i];
          if (e == 0) {
            first[o * inner + i] = label;
          } else if (first[o * inner + i] != label) {
            return this;
          }
        }
      }
    }
    return new Labels(shape, grid.with(axis, 1), first);
  }

  private static Shape ones(int rank) {
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    return Shape.of(ones);
  }

  @Override
  public String toString() {
    return "Labels" + shape + " " + grid + Arrays.toString(labels);
  }
}
