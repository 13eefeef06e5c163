package io.disassembler.engine;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.Collection;
import java.util.HashMap;
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

  /** This probe with weights that were not there when it was taken. */
  public Probe withWeights(Collection<Weight> weights) {
    Map<String, Shape> allShapes = new HashMap<>(shapes);
    Map<String, ElementType> allTypes = new HashMap<>(types);
    Map<String, long[]> allIntegers = new HashMap<>(integers);
    for (Weight weight : weights) {
      if (!allShapes.containsKey(weight.name())
          && !weight.type().isFloating()
          && weight.shape().elements() <= SMALL) {
        allIntegers.put(weight.name(), weight.integers());
      }
      allShapes.put(weight.name(), weight.shape());
      allTypes.put(weight.name(), weight.type());
    }
    return new Probe(allShapes, allTypes, allIntegers);
  }

  /** Bytes of all values and weights together, as if none were freed. */
  public long bytes() {
    return shapes.entrySet().stream()
        .mapToLong(value -> value.getValue().elements() * type(value.getKey()).bytes())
        .sum();
  }

  /** The shape of {@code value}. */
  public Shape shape(String value) {
    Shape shape = shapes.get(value);
    if (shape == null) {
      throw new IllegalArgumentException("not probed: " + value);
    }
    return shape;
  }

  /** The element type of {@code value}. */
  public ElementType type(String value) {
    ElementType type = types.get(value);
    if (type == null) {
      throw new IllegalArgumentException("not probed: " + value);
    }
    return type;
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
