package io.disassembler.operator;

import io.disassembler.graph.Shape;

/** Shapes of one node's inputs and outputs. */
public interface Operands {
  int inputs();

  /** True if input {@code index} is there. */
  boolean has(int index);

  Shape input(int index);

  Shape output(int index);
}
