package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Our optimizers against libtorch's. */
class OptimizerTest {
  private static final int STEPS = 5;

  @Test
  void adamWIsLibtorchs() {
    NativeScope.run(
        () -> {
          torch.manual_seed(1);
          Tensor theirs = torch.randn(4, 3).set_requires_grad(true);
          AdamWOptions options = new AdamWOptions(0.01);
          options.weight_decay().put(0.1);
          compare(
              OptimizerSettings.Method.ADAMW,
              theirs,
              new org.bytedeco.pytorch.AdamW(new TensorVector(theirs), options));
        });
  }

  @Test
  void sgdIsLibtorchs() {
    NativeScope.run(
        () -> {
          torch.manual_seed(2);
          Tensor theirs = torch.randn(4, 3).set_requires_grad(true);
          SGDOptions options = new SGDOptions(0.01);
          options.momentum().put(0.9);
          options.weight_decay().put(0.1);
          compare(OptimizerSettings.Method.SGD, theirs, new SGD(new TensorVector(theirs), options));
        });
  }

  @Test
  void relativeStepsAreAsLargeAsTheWeights() {
    OptimizerSettings settings =
        new OptimizerSettings(OptimizerSettings.Method.ADAMW, 0.01, 0.9, 0, true);
    NativeScope.run(
        () -> {
          Map<String, Tensor> weights = new LinkedHashMap<>();
          weights.put("large", Tensor.create(20f, 20f, 20f));
          weights.put("small", Tensor.create(-0.5f, -0.5f, -0.5f));
          weights.put("none", torch.zeros(3));
          try (Optimizer optimizer = Optimizer.of(settings, weights)) {
            optimizer.step(List.of(torch.ones(3), torch.ones(3), torch.ones(3)), 0.01);
          }
          // The first step of Adam is the rate, whatever the gradient.
          assertThat(first(weights, "large")).isEqualTo(19.8f, within(1e-4f));
          assertThat(first(weights, "small")).isEqualTo(-0.505f, within(1e-5f));
          assertThat(first(weights, "none")).isEqualTo(-1e-5f, within(1e-8f));
        });
  }

  private static float first(Map<String, Tensor> weights, String name) {
    return TensorData.floats(java.util.Objects.requireNonNull(weights.get(name)))[0];
  }

  private static void compare(
      OptimizerSettings.Method method, Tensor theirs, org.bytedeco.pytorch.Optimizer reference) {
    Tensor ours = theirs.detach().clone();
    Map<String, Tensor> weights = new LinkedHashMap<>(Map.of("w", ours));
    try (Optimizer optimizer =
        Optimizer.of(new OptimizerSettings(method, 0.01, 0.9, 0.1), weights)) {
      for (int step = 0; step < STEPS; step++) {
        reference.zero_grad();
        theirs.square().mul(theirs).sum().backward();
        optimizer.step(List.of(theirs.grad()), 0.01);
        reference.step();
        assertThat(TensorData.floats(ours))
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(TensorData.floats(theirs));
      }
    }
  }
}
