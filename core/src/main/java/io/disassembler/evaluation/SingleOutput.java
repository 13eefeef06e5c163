package io.disassembler.evaluation;

/** What a network with one category puts out for it; pixels above the threshold belong to it. */
public enum SingleOutput {
  /** Any number; positive for the category. */
  LOGIT(0),
  /** From 0 to 1, as of a network that ends in a Sigmoid. */
  PROBABILITY(0.5f);

  private final float threshold;

  SingleOutput(float threshold) {
    this.threshold = threshold;
  }

  float threshold() {
    return threshold;
  }
}
