package io.disassembler.graph;

/** Declared extent along one axis: a number, a symbol such as {@code batch}, or unknown. */
public sealed interface Dimension {

  /** An extent that the file fixes. */
  record Fixed(long size) implements Dimension {
    @Override
    public String toString() {
      return Long.toString(size);
    }
  }

  /** An extent that is known only at run time; {@code name} may be empty. */
  record Symbolic(String name) implements Dimension {
    @Override
    public String toString() {
      return name.isEmpty() ? "?" : name;
    }
  }
}
