package io.disassembler.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.check.RandomSelection;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.selection.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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
      CutHarness harness = harness(generated, seed);
      Selection selection = RandomSelection.of(harness.groups, new Random(seed));
      Network cut = harness.cut(selection);
      List<float[]> found = harness.run(cut);
      assertThat(CutHarness.difference(harness.masked(selection), found))
          .as(context)
          .isLessThanOrEqualTo(1e-4);
      assertThat(
              CutHarness.difference(
                  harness.full(ForwardRequest.outputs()),
                  harness.run(harness.cut(Selection.all(harness.groups)))))
          .as("keeping all: " + context)
          .isZero();
      if (seed % RUNTIME_EVERY == 0) {
        assertThat(CutHarness.difference(inOnnxRuntime(cut, harness), found.subList(0, 1)))
            .as("in ONNX Runtime: " + context)
            .isLessThanOrEqualTo(1e-4);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(context, e);
    }
  }

  private List<float[]> inOnnxRuntime(Network cut, CutHarness harness) {
    Path file = folder.resolve("cut.onnx");
    OnnxWriter.write(cut, file);
    Weight image = Objects.requireNonNull(harness.images.get(RandomGraph.IMAGE));
    try (OnnxRuntimeModel runtime = OnnxRuntimeModel.open(file, 1)) {
      NetworkOutput output = runtime.run(image.floats(), 1, 3, RandomGraph.SIZE, RandomGraph.SIZE);
      return List.of(((NetworkOutput.Scores) output).values());
    }
  }

  @Test
  void mostRandomNetworksHaveChannelsToRemove() {
    int removable = 0;
    for (long seed = 1; seed <= 50; seed++) {
      CutHarness harness = harness(RandomNetwork.generate(seed), seed);
      removable += harness.groups.groups().size() > harness.groups.families() ? 1 : 0;
    }
    assertThat(removable).isGreaterThan(45);
  }

  private static CutHarness harness(RandomNetwork generated, long seed) {
    return new CutHarness(generated.network(), Map.of(RandomGraph.IMAGE, generated.shape()), seed);
  }
}
