package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of random small networks in training against libtorch's own modules. */
class LibtorchGradientTest {
  private static final double PRECISION = 1e-5;

  /** {@code -Ddisassembler.seed} tries others. */
  static LongStream seeds() {
    long first = Long.getLong("disassembler.seed", 1);
    return LongStream.range(first, first + 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void gradientsAreLibtorchs(long seed) {
    NativeScope.run(
        () -> {
          TwinNetwork twin = new TwinNetwork(seed);
          Weight image = image(seed);
          Tensor expected = twin.run(TensorData.of(image));
          weighted(expected).backward();
          TrainingForm form = TrainingForm.of(Program.parse(twin.network()), Normalization.TRAINED);
          assertThat(form.learned())
              .containsExactlyInAnyOrderElementsOf(twin.modules().learned().keySet());
          List<String> learned = List.copyOf(form.learned());
          Set<String> kept = new HashSet<>(learned);
          kept.add(twin.output());
          kept.addAll(form.updates().values());
          try (Engine owner = Engine.of(Program.parse(twin.network()));
              Engine engine = owner.training(form.program(), form.learned())) {
            engine.run(
                Map.of("image", image),
                ForwardRequest.keeping(kept),
                forward -> {
                  compare(twin, seed, form, forward, learned);
                  requireClose(seed, twin, "output", forward.value(twin.output()), expected);
                  return true;
                });
          }
        });
  }

  private static void compare(
      TwinNetwork twin, long seed, TrainingForm form, Forward forward, List<String> learned) {
    TensorVector gradients =
        forward.lastGradients(weighted(forward.value(twin.output())), new ArrayList<>(learned));
    for (int i = 0; i < learned.size(); i++) {
      Tensor theirs = twin.modules().learned().get(learned.get(i));
      requireClose(
          seed,
          twin,
          learned.get(i),
          gradients.get(i),
          java.util.Objects.requireNonNull(theirs).grad());
    }
    assertThat(form.updates().keySet())
        .containsExactlyInAnyOrderElementsOf(twin.modules().running().keySet());
    twin.modules()
        .running()
        .forEach(
            (name, statistic) ->
                requireClose(
                    seed,
                    twin,
                    name,
                    forward.value(java.util.Objects.requireNonNull(form.updates().get(name))),
                    statistic));
  }

  /** A scalar in which every element counts differently. */
  private static Tensor weighted(Tensor output) {
    Random random = new Random(1);
    float[] weights = new float[Math.toIntExact(output.numel())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    Tensor factors = TensorData.of(Weight.ofFloats("factors", TensorData.shape(output), weights));
    return output.mul(factors).mean();
  }

  private static void requireClose(
      long seed, TwinNetwork twin, String name, Tensor found, Tensor expected) {
    double[] wanted = TensorData.doubles(expected);
    double largest = DoubleStream.of(wanted).map(Math::abs).max().orElse(0);
    assertThat(TensorData.doubles(found))
        .as("seed %d,%s: %s", seed, twin, name)
        .usingComparatorWithPrecision(PRECISION * Math.max(largest, 1e-3))
        .containsExactly(wanted);
  }

  private static Weight image(long seed) {
    Random random = new Random(seed + 1000);
    float[] pixels = new float[Math.toIntExact(TwinNetwork.IMAGE.elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats("image", TwinNetwork.IMAGE, pixels);
  }
}
