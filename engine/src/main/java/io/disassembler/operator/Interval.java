package io.disassembler.operator;

import java.util.function.DoubleUnaryOperator;

/**
 * Between which numbers the elements of a value lie, whatever the image: plain interval arithmetic
 * (Moore, Interval Analysis, 1966), which knows of each operator alone and so never too little.
 *
 * @param low negative infinity if there is no lower end
 * @param high infinity if there is no upper end
 */
public record Interval(double low, double high) {
  /** Nothing is known. */
  public static final Interval ALL =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** From 0 to 1. */
  public static final Interval UNIT = new Interval(0, 1);

  /**
   * @return {@link #ALL} in place of ends that are no numbers
   */
  public static Interval of(double low, double high) {
    return low <= high ? new Interval(low, high) : ALL;
  }

  /** Whether both ends are there. */
  public boolean isBounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Whether all of it is in {@code other}. */
  public boolean isIn(Interval other) {
    return low >= other.low && high <= other.high;
  }

  /** The smallest one with both in it. */
  public Interval or(Interval other) {
    return of(Math.min(low, other.low), Math.max(high, other.high));
  }

  public Interval plus(Interval other) {
    return of(low + other.low, high + other.high);
  }

  public Interval negated() {
    return of(-high, -low);
  }

  public Interval times(Interval other) {
    double a = product(low, other.low);
    double b = product(low, other.high);
    double c = product(high, other.low);
    double d = product(high, other.high);
    return of(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /** One through each number; {@link #ALL} where 0 is among them, unless it is an end. */
  public Interval reciprocal() {
    if (low < 0 && high > 0) {
      return ALL;
    }
    // An end of 0 is approached from the side of the other end.
    return low >= 0 ? of(1 / high, 1 / Math.abs(low)) : of(-1 / Math.abs(high), 1 / low);
  }

  /** What a function that never falls makes of them. */
  public Interval rising(DoubleUnaryOperator function) {
    return of(function.applyAsDouble(low), function.applyAsDouble(high));
  }

  /** Where both limit, as of the smaller or larger of two numbers: ends taken apart. */
  public Interval clipped(double floor, double ceiling) {
    return rising(x -> Math.min(ceiling, Math.max(floor, x)));
  }

  /** 0 times infinity is 0 here: the infinite end itself is never reached. */
  private static double product(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }
}
