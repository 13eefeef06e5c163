package io.disassembler.graph;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Extent of a concrete tensor along each axis; NCHW for feature maps. Immutable. */
public final class Shape {
  private final long[] dimensions;

  private Shape(long[] dimensions) {
    this.dimensions = dimensions;
  }

  /** The shape with the given extents; none for a scalar. */
  public static Shape of(long... dimensions) {
    for (long dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative extent in " + Arrays.toString(dimensions));
      }
    }
    return new Shape(dimensions.clone());
  }

  public int rank() {
    return dimensions.length;
  }

  /** Extent along {@code axis}, 0-based, from the front. */
  public long dimension(int axis) {
    return dimensions[axis];
  }

  /** A copy of the extents. */
  @JsonValue
  public long[] dimensions() {
    return dimensions.clone();
  }

  /** Number of elements; 1 for a scalar. */
  public long elements() {
    long elements = 1;
    for (long dimension : dimensions) {
      elements = Math.multiplyExact(elements, dimension);
    }
    return elements;
  }

  /** This shape with another extent along {@code axis}. */
  public Shape with(int axis, long dimension) {
    long[] copy = dimensions.clone();
    copy[axis] = dimension;
    return of(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
