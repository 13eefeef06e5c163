package io.disassembler.evaluation;

/** Hears how far an evaluation is. */
@FunctionalInterface
public interface EvaluationListener {

  /**
   * Called after each image that was run through all networks.
   *
   * @param done place of that image among all, from 1; broken ones leave gaps
   * @param total number of images
   */
  void evaluated(int done, int total);
}
