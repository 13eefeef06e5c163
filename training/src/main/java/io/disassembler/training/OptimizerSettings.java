package io.disassembler.training;

import io.disassembler.base.InvalidInputException;

/**
 * How weights follow their gradients.
 *
 * @param learningRate the highest learning rate, above 0
 * @param momentum of SGD, or AdamW's decay of the mean gradient, in [0, 1)
 * @param weightDecay pulls kernels (not biases, not normalisations) towards 0, at least 0
 * @param relative whether steps of AdamW are as large as the weights are: for each tensor of
 *     weights the learning rate is multiplied with their root mean square at the beginning, at
 *     least {@value #LEAST_SCALE} (Shazeer and Stern, "Adafactor", 2018, with the scale held)
 */
public record OptimizerSettings(
    Method method, double learningRate, double momentum, double weightDecay, boolean relative) {
  static final double LEAST_SCALE = 1e-3;

  /** The same steps for weights of any size. */
  public OptimizerSettings(
      Method method, double learningRate, double momentum, double weightDecay) {
    this(method, learningRate, momentum, weightDecay, false);
  }

  /** The rule. */
  public enum Method {
    SGD,
    ADAMW
  }

  public OptimizerSettings {
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new InvalidInputException(
          "learning rate: expected a number above 0, found " + learningRate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new InvalidInputException("momentum: expected from 0 to below 1, found " + momentum);
    }
    if (relative && method != Method.ADAMW) {
      throw new InvalidInputException("relative steps: expected adamw, found sgd");
    }
    if (!(weightDecay >= 0)) {
      throw new InvalidInputException("weight decay: expected at least 0, found " + weightDecay);
    }
  }

  /** SGD with a momentum of 0.9 and a weight decay of 1e-4. */
  public static OptimizerSettings sgd(double learningRate) {
    return new OptimizerSettings(Method.SGD, learningRate, 0.9, 1e-4);
  }

  /** AdamW with its usual decay rates and a weight decay of 1e-2. */
  public static OptimizerSettings adamW(double learningRate) {
    return new OptimizerSettings(Method.ADAMW, learningRate, 0.9, 1e-2);
  }
}
