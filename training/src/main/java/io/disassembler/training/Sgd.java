package io.disassembler.training;

import io.disassembler.engine.NativeScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Stochastic gradient descent with momentum m and weight decay d as in PyTorch: {@code v = m v + g
 * + d w}, {@code w = w - rate v}.
 */
final class Sgd implements Optimizer {
  private final OptimizerSettings settings;
  private final List<Tensor> weights;
  private final Map<String, Tensor> velocities = new LinkedHashMap<>();

  Sgd(OptimizerSettings settings, Map<String, Tensor> weights) {
    this.settings = settings;
    this.weights = List.copyOf(weights.values());
    NativeScope.run(
        () ->
            weights.forEach(
                (name, weight) ->
                    velocities.put(
                        name + "/velocity", torch.zeros_like(weight).retainReference())));
  }

  @Override
  public void step(List<Tensor> gradients, double learningRate) {
    List<Tensor> states = new ArrayList<>(velocities.values());
    for (int i = 0; i < states.size(); i++) {
      Tensor weight = weights.get(i);
      Tensor velocity = states.get(i);
      velocity.mul_(new Scalar(settings.momentum())).add_(gradients.get(i));
      double decay = Optimizer.decay(settings, weight);
      if (decay > 0) {
        velocity.add_(weight, new Scalar(decay));
      }
      weight.add_(velocity, new Scalar(-learningRate));
    }
  }

  @Override
  public Map<String, Tensor> state() {
    return velocities;
  }

  @Override
  public void close() {
    velocities.values().forEach(Tensor::releaseReference);
  }
}
