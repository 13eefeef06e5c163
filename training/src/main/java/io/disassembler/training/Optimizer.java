package io.disassembler.training;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Changes weights in place along their gradients; holds native tensors until closed. */
interface Optimizer extends AutoCloseable {

  /**
   * Takes one step, inside a native scope of the caller.
   *
   * @param gradients one for each weight, in their order
   */
  void step(List<Tensor> gradients, double learningRate);

  /** What the next step depends on besides the weights, by name; changed by each step. */
  Map<String, Tensor> state();

  @Override
  void close();

  /** The optimizer that {@code settings} describe, for weights that it changes. */
  static Optimizer of(OptimizerSettings settings, Map<String, Tensor> weights) {
    return switch (settings.method()) {
      case SGD -> new Sgd(settings, weights);
      case ADAMW -> new AdamW(settings, weights);
    };
  }

  /** Decay of a weight: normalisations and biases have one axis and are left alone. */
  static double decay(OptimizerSettings settings, Tensor weight) {
    return weight.dim() > 1 ? settings.weightDecay() : 0;
  }
}
