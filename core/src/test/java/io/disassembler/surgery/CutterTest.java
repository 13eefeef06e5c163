package io.disassembler.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.ForwardRequest;
import io.disassembler.selection.Selection;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CutterTest {
  private static final int NETWORKS = Integer.getInteger("disassembler.networks", 500);
  private static final long FIRST_SEED = Long.getLong("disassembler.seed", 1);

  @TestFactory
  Stream<DynamicTest> cutEqualsMasked() {
    return Stream.iterate(FIRST_SEED, seed -> seed + 1)
        .limit(NETWORKS)
        .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> cutEqualsMasked(seed)));
  }

  private static void cutEqualsMasked(long seed) {
    RandomNetwork generated = RandomNetwork.generate(seed);
    CutHarness harness =
        new CutHarness(generated.network(), Map.of("image", generated.shape()), seed);
    Random random = new Random(seed);
    Selection selection = harness.randomSelection(0.2 + 0.7 * random.nextDouble(), random);
    String context = "seed " + seed + "\n" + generated;
    assertThat(
            CutHarness.difference(harness.masked(selection), harness.run(harness.cut(selection))))
        .as(context)
        .isLessThanOrEqualTo(1e-4);
    assertThat(
            CutHarness.difference(
                harness.full(ForwardRequest.outputs()),
                harness.run(harness.cut(Selection.all(harness.groups)))))
        .as("keeping all: " + context)
        .isZero();
  }

  @Test
  void mostRandomNetworksHaveChannelsToRemove() {
    int removable = 0;
    for (long seed = 1; seed <= 50; seed++) {
      RandomNetwork generated = RandomNetwork.generate(seed);
      CutHarness harness =
          new CutHarness(generated.network(), Map.of("image", generated.shape()), seed);
      removable += harness.groups.groups().size() > harness.groups.families() ? 1 : 0;
    }
    assertThat(removable).isGreaterThan(45);
  }
}
