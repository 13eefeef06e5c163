package io.disassembler.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.check.DoublePrecision;
import io.disassembler.check.RandomSelection;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.selection.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts random networks. {@code -Ddisassembler.networks=20000} tries more of them, {@code
 * -Ddisassembler.seed=N} starts at another seed.
 */
class CutterTest {
  private static final int NETWORKS = Integer.getInteger("disassembler.networks", 500);
  private static final long FIRST_SEED = Long.getLong("disassembler.seed", 1);

  /**
   * Where the masked network's output in 32 bits is further than this from that in 64, or is as
   * good as constant, the network magnifies rounding, and only 64 bits tell a wrong cut from
   * rounding.
   */
  private static final double CONDITIONED = 1e-5;

  /** One network in so many also runs in ONNX Runtime. */
  private static final int RUNTIME_EVERY = 10;

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> cutEqualsMasked() {
    return Stream.iterate(FIRST_SEED, seed -> seed + 1)
        .limit(NETWORKS)
        .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> cutEqualsMasked(seed)));
  }

  private void cutEqualsMasked(long seed) {
    RandomNetwork generated = RandomNetwork.generate(seed);
    String context = "seed " + seed + "\n" + generated;
    try {
      CutHarness exact = harness(DoublePrecision.of(generated.network()), generated, seed);
      assertThat(cutAgainstMasked(exact, seed)).as("in 64 bits: " + context).isLessThan(1e-8);
      CutHarness harness = harness(generated.network(), generated, seed);
      List<double[]> full = harness.full(ForwardRequest.outputs());
      assertThat(
              CutHarness.difference(full, harness.run(harness.cut(Selection.all(harness.groups)))))
          .as("keeping all: " + context)
          .isZero();
      if (rounding(exact, harness, seed) > CONDITIONED) {
        return;
      }
      assertThat(cutAgainstMasked(harness, seed)).as(context).isLessThanOrEqualTo(1e-4);
      if (seed % RUNTIME_EVERY == 0) {
        Network cut = harness.cut(selection(harness, seed));
        assertThat(
                CutHarness.difference(inOnnxRuntime(cut, harness), harness.run(cut).subList(0, 1)))
            .as("in ONNX Runtime: " + context)
            .isLessThanOrEqualTo(1e-4);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(context, e);
    }
  }

  private static Selection selection(CutHarness harness, long seed) {
    return RandomSelection.of(harness.groups, new Random(seed));
  }

  private static double cutAgainstMasked(CutHarness harness, long seed) {
    return CutHarness.difference(
        masked(harness, seed), harness.run(harness.cut(selection(harness, seed))));
  }

  /** What 32 bits make of the masked network: at least their resolution of its output. */
  private static double rounding(CutHarness exact, CutHarness single, long seed) {
    List<double[]> expected = masked(exact, seed);
    return Math.max(
        CutHarness.difference(expected, masked(single, seed)), CutHarness.resolution(expected));
  }

  private static List<double[]> masked(CutHarness harness, long seed) {
    return harness.masked(selection(harness, seed));
  }

  private List<double[]> inOnnxRuntime(Network cut, CutHarness harness) {
    Path file = folder.resolve("cut.onnx");
    OnnxWriter.write(cut, file);
    Weight image = Objects.requireNonNull(harness.images.get(RandomGraph.IMAGE));
    try (OnnxRuntimeModel runtime = OnnxRuntimeModel.open(file, 1)) {
      NetworkOutput output =
          runtime.run(image.floats(), Shape.of(1, 3, RandomGraph.SIZE, RandomGraph.SIZE));
      float[] values = ((NetworkOutput.Scores) output).values();
      return List.of(IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
    }
  }

  @Test
  void fewRandomNetworksMagnifyRounding() {
    int conditioned = 0;
    for (long seed = 1; seed <= 200; seed++) {
      RandomNetwork generated = RandomNetwork.generate(seed);
      CutHarness exact = harness(DoublePrecision.of(generated.network()), generated, seed);
      CutHarness single = harness(generated.network(), generated, seed);
      conditioned += rounding(exact, single, seed) <= CONDITIONED ? 1 : 0;
    }
    assertThat(conditioned).isGreaterThan(180);
  }

  @Test
  void mostRandomNetworksHaveChannelsToRemove() {
    int removable = 0;
    for (long seed = 1; seed <= 50; seed++) {
      RandomNetwork generated = RandomNetwork.generate(seed);
      CutHarness harness = harness(generated.network(), generated, seed);
      removable += harness.groups.groups().size() > harness.groups.families() ? 1 : 0;
    }
    assertThat(removable).isGreaterThan(45);
  }

  private static CutHarness harness(Network network, RandomNetwork generated, long seed) {
    return new CutHarness(network, Map.of(RandomGraph.IMAGE, generated.shape()), seed);
  }
}
