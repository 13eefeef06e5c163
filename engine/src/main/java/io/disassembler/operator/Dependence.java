package io.disassembler.operator;

/** What of an input an operator's results depend on. */
public enum Dependence {
  /** On its elements. */
  CONTENT,
  /** On its extents only, as of {@code Shape}. */
  SHAPE,
  /** On its element type only, as of the second input of {@code CastLike}. */
  TYPE
}
