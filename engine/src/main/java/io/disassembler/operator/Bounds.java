package io.disassembler.operator;

/**
 * Between which values an operator tells the numbers of its first input apart: all below {@code
 * floor} come out the same, and so do all above {@code ceiling}.
 *
 * @param floor negative infinity if there is none
 * @param ceiling infinity if there is none
 */
public record Bounds(double floor, double ceiling) {
  /** Every number counts. */
  public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Numbers below {@code floor} come out the same. */
  public static Bounds above(double floor) {
    return new Bounds(floor, Double.POSITIVE_INFINITY);
  }

  /** Whether there is a floor. */
  public boolean hasFloor() {
    return floor > Double.NEGATIVE_INFINITY;
  }

  /** Whether there is a ceiling. */
  public boolean hasCeiling() {
    return ceiling < Double.POSITIVE_INFINITY;
  }

  /** Where all numbers come out the same for both readers of a value. */
  public Bounds and(Bounds other) {
    return new Bounds(Math.min(floor, other.floor), Math.max(ceiling, other.ceiling));
  }
}
