package io.disassembler.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalvesAgreementTest {
  private static final Anatomy ANATOMY = ColorWorld.anatomy(1);

  @TempDir private Path folder = Path.of("");

  private static Selection keeping(int... groups) {
    ChannelGroups all = ANATOMY.groups();
    assertThat(all.groups()).hasSize(2 * ColorWorld.COLORS);
    BitSet kept = new BitSet();
    for (int group : groups) {
      kept.set(group);
    }
    return Selection.of(all, kept);
  }

  @Test
  void kappaIsOneForTheSameAndNothingForChance() {
    assertThat(HalvesAgreement.kappa(keeping(0, 1, 2), keeping(0, 1, 2))).isEqualTo(1);
    assertThat(HalvesAgreement.kappa(keeping(0, 1, 2), keeping(3, 4, 5))).isEqualTo(-1);
    // By hand: 4 of 6 agree, chance is 1/2.
    assertThat(HalvesAgreement.kappa(keeping(0, 1, 2), keeping(0, 1, 3)))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(HalvesAgreement.kappa(keeping(0, 1, 2, 3), keeping(0, 1, 4)))
        .isCloseTo((3 / 6.0 - 1 / 2.0) / (1 / 2.0), within(1e-12));
    assertThat(HalvesAgreement.kappa(keeping(0, 1, 2, 3, 4, 5), keeping(0, 1, 2, 3, 4, 5)))
        .isEqualTo(1);
  }

  @Test
  void aProfileAgreesWithItself() throws IOException {
    ProfilingRun run = ColorWorld.run(ANATOMY);
    Profile profile =
        run.run(
            List.of(ColorWorld.image(folder, "a", 1, 0, 1, 2)),
            Checkpoint.none(),
            (done, total) -> {});
    assertThat(new HalvesAgreement(ANATOMY).of(profile, profile, 0)).isEqualTo(1);
  }
}
