package io.disassembler.graph;

import java.util.List;
import java.util.Optional;

/**
 * An edge of the graph as the file declares it: a graph input, a graph output or an annotated value
 * in between.
 *
 * @param dimensions declared extents; empty if the file does not even state the rank
 * @param extra what the file says of the value beyond that, kept for the round trip
 */
public record Value(
    String name, ElementType type, Optional<List<Dimension>> dimensions, Opaque extra) {

  public Value {
    dimensions = dimensions.map(List::copyOf);
  }

  /** A value about which the file says no more than this. */
  public Value(String name, ElementType type, List<Dimension> dimensions) {
    this(name, type, Optional.of(dimensions), Opaque.NONE);
  }

  /** This value with other declared extents. */
  public Value withDimensions(List<Dimension> other) {
    return new Value(name, type, Optional.of(other), extra);
  }

  /** This value without a word on its extents, not even their number. */
  public Value withoutDimensions() {
    return new Value(name, type, Optional.empty(), extra);
  }
}
