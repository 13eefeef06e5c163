package io.disassembler.training;

import io.disassembler.engine.NativeScope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019, as in PyTorch. */
final class AdamW implements Optimizer {
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;
  private static final String STEPS = "steps";

  private final OptimizerSettings settings;
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final Map<String, Double> scales = new HashMap<>();

  AdamW(OptimizerSettings settings, Map<String, Tensor> weights) {
    this.settings = settings;
    this.weights = new LinkedHashMap<>(weights);
    NativeScope.run(
        () -> {
          state.put(STEPS, torch.zeros(1).retainReference());
          weights.forEach(
              (name, weight) -> {
                state.put(name + "/mean", torch.zeros_like(weight).retainReference());
                state.put(name + "/square", torch.zeros_like(weight).retainReference());
                scales.put(name, settings.relative() ? scale(weight) : 1);
              });
        });
  }

  private static double scale(Tensor weight) {
    return Math.max(OptimizerSettings.LEAST_SCALE, Math.sqrt(weight.square().mean().item_float()));
  }

  @Override
  public void step(List<Tensor> gradients, double learningRate) {
    Tensor steps = get(STEPS).add_(new Scalar(1));
    double count = steps.item_float();
    double first = 1 - Math.pow(settings.momentum(), count);
    double second = Math.sqrt(1 - Math.pow(SECOND_DECAY, count));
    int index = 0;
    for (Map.Entry<String, Tensor> entry : weights.entrySet()) {
      Tensor weight = entry.getValue();
      Tensor gradient = gradients.get(index++);
      Tensor mean = get(entry.getKey() + "/mean");
      Tensor square = get(entry.getKey() + "/square");
      double rate = learningRate * java.util.Objects.requireNonNull(scales.get(entry.getKey()));
      weight.mul_(new Scalar(1 - learningRate * Optimizer.decay(settings, weight)));
      mean.mul_(new Scalar(settings.momentum()))
          .add_(gradient, new Scalar(1 - settings.momentum()));
      square
          .mul_(new Scalar(SECOND_DECAY))
          .addcmul_(gradient, gradient, new Scalar(1 - SECOND_DECAY));
      Tensor root = square.sqrt().div_(new Scalar(second)).add_(new Scalar(EPSILON));
      weight.addcdiv_(mean, root, new Scalar(-rate / first));
    }
  }

  @Override
  public Map<String, Tensor> state() {
    return state;
  }

  @Override
  public void close() {
    state.values().forEach(Tensor::releaseReference);
  }

  private Tensor get(String name) {
    return java.util.Objects.requireNonNull(state.get(name));
  }
}
