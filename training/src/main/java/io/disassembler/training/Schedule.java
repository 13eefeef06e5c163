package io.disassembler.training;

/**
 * The learning rate over a training run: rises linearly through the warm-up, then falls along half
 * a cosine to 0 (Loshchilov and Hutter, "SGDR", 2017, without restarts).
 *
 * @param peak the highest learning rate
 * @param warmUp share of the run in which the rate rises, in [0, 1]
 */
record Schedule(double peak, double warmUp) {

  /**
   * The rate of a step.
   *
   * @param progress share of the run that is done in the middle of the step, in [0, 1]
   */
  double rate(double progress) {
    if (progress < warmUp) {
      return peak * progress / warmUp;
    }
    double fallen = warmUp < 1 ? (progress - warmUp) / (1 - warmUp) : 0;
    return peak * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, fallen)));
  }
}
