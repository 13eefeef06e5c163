package io.disassembler.training;

import io.disassembler.graph.Network;

/** Follows training. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * The run begins, or goes on where an earlier one was stopped.
   *
   * @param progress share of the run that is done, in [0, 1]
   */
  default void started(double progress) {}

  /**
   * A step was taken.
   *
   * @param progress share of the run that is done, in [0, 1]
   * @param loss the loss of this step
   */
  default void stepped(double progress, double loss) {}

  /** An epoch ended. */
  default void epochEnded(EpochReport report) {}

  /** The network is the best so far on the validation images. */
  default void improved(Network best) {}
}
