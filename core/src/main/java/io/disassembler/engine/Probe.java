package io.disassembler.engine;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import java.util.Map;

/**
 * What one run on a made-up image showed of every value and weight.
 *
 * @param shapes shape of each value and weight
 * @param types element type of each value and weight
 * @param integers elements of each small integer or boolean tensor (at most {@link #SMALL})
 */
public record Probe(
    Map<String, Shape> shapes, Map<String, ElementType> types, Map<String, long[]> integers) {
  /** Largest number of elements that is remembered. */
  public static final long SMALL = 65_536;

  public Probe {
    shapes = Map.copyOf(shapes);
    types = Map.copyOf(types);
    integers = Map.copyOf(integers);
  }

  /** The shape of {@code value}. */
  public Shape shape(String value) {
    Shape shape = shapes.get(value);
    if (shape == null) {
      throw new IllegalArgumentException("not probed: " + value);
    }
    return shape;
  }

  /** The elements of the small integer tensor {@code value}. */
  public long[] integers(String value) {
    long[] elements = integers.get(value);
    if (elements == null) {
      throw new IllegalArgumentException("no integers were seen in " + value);
    }
    return elements.clone();
  }
}
