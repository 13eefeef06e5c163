package io.disassembler.evaluation;

/**
 * What a network with one category puts out for it.
 *
 * @param threshold pixels above it belong to the category
 */
public record SingleOutput(float threshold) {
  /** Any number; positive for the category. */
  public static final SingleOutput LOGIT = new SingleOutput(0);

  /** From 0 to 1, as of a network that ends in a Sigmoid. */
  public static final SingleOutput PROBABILITY = new SingleOutput(0.5f);
}
