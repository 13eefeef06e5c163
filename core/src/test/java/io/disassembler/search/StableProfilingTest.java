package io.disassembler.search;

import static io.disassembler.profile.ProfileAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSession;
import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Sample;
import io.disassembler.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableProfilingTest {
  private static final int RED = 0;
  private static final int GREEN = 1;
  private static final int BLUE = 2;

  @TempDir private Path folder = Path.of("");

  /** One in {@code every} images shows blue, and nothing else does. */
  private List<Sample> images(int count, int every) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "image%03d".formatted(i);
      samples.add(
          i % every == every - 1
              ? ColorWorld.image(folder, name, i, RED, GREEN, BLUE)
              : ColorWorld.image(folder, name, i, RED, GREEN));
    }
    return samples;
  }

  private static StableProfile profile(
      List<Sample> samples, int threads, StableProfiling.Agreement agreement) {
    Anatomy anatomy = ColorWorld.anatomy(threads);
    try (ProfilingSession session = ColorWorld.run(anatomy).open(samples, false)) {
      return new StableProfiling(agreement, session)
          .run(samples.size(), (done, total) -> assertThat(done).isLessThanOrEqualTo(total));
    }
  }

  /** The same but for the order of sums. */
  private static void assertProfiled(Profile profile, List<Sample> samples) {
    ProfilingRun run = ColorWorld.run(ColorWorld.anatomy(1));
    List<Sample> counted =
        samples.stream().filter(sample -> profile.images().contains(sample.name())).toList();
    assertSame(profile, run.run(counted, Checkpoint.none(), (done, total) -> {}), 1e-12);
  }

  @Test
  void takesNoMoreImagesThanHalvesNeedToAgree() throws IOException {
    List<Sample> samples = images(60, 2);
    StableProfile stable = profile(samples, 2, (one, other, category) -> 1);
    assertThat(stable.profile().images()).hasSize(StableProfiling.FIRST);
    assertThat(stable.looked()).isZero();
    assertThat(stable.categories()).allMatch(CategoryStability::enough);
    assertProfiled(stable.profile(), samples);
    assertThat(stable.text())
        .isEqualTo(
            "16 of 60 images profiled, 0 more looked at: halves of them keep the same channels for every category (agreement 1.00 at least)");
  }

  @Test
  void takesAllWhereTheyNeverAgree() throws IOException {
    List<Sample> samples = images(60, 2);
    StableProfile stable = profile(samples, 2, (one, other, category) -> category == RED ? 0.5 : 1);
    assertThat(stable.profile().images()).hasSize(60);
    assertProfiled(stable.profile(), samples);
    assertThat(stable.text())
        .endsWith(
            "for 2 of 3 categories; not known to be enough for 0 (60 images, agreement 0.50)");
  }

  @Test
  void looksForImagesOfRareCategories() throws IOException {
    List<Sample> samples = images(140, 10);
    StableProfile stable = profile(samples, 1, (one, other, category) -> 1);
    assertThat(stable.categories()).allMatch(CategoryStability::enough);
    assertThat(stable.profile().category(BLUE).images()).isEqualTo(2 * StableProfiling.FEWEST);
    // Of the first 16 one shows blue; of all others only those that do are profiled.
    assertThat(stable.profile().images()).hasSize(16 + 7);
    assertThat(stable.looked()).isEqualTo(80 - 16 - 7);
    assertProfiled(stable.profile(), samples);
  }

  @Test
  void doesNotLookForeverForWhatNoImageShows() throws IOException {
    List<Sample> samples = images(140, 1000);
    StableProfile stable = profile(samples, 1, (one, other, category) -> 1);
    assertThat(stable.profile().images()).hasSize(16);
    assertThat(stable.looked()).isLessThan(80);
    assertThat(stable.categories().get(BLUE).agreement()).isNaN();
    assertThat(stable.text()).endsWith("not known to be enough for 2 (0 images)");
  }

  @Test
  void halvesShareOutRareCategoriesEvenly() throws IOException {
    List<Long> halves = new ArrayList<>();
    StableProfile unused =
        profile(
            images(140, 10),
            1,
            (one, other, category) -> {
              if (category == BLUE) {
                halves.add(one.category(BLUE).images());
                halves.add(other.category(BLUE).images());
              }
              return 1;
            });
    assertThat(halves).containsExactly(4L, 4L);
  }

  @Test
  void isTheSameWhateverTheNumberOfThreads() throws IOException {
    List<Sample> samples = images(60, 10);
    StableProfile alone = profile(samples, 1, (one, other, category) -> 1);
    StableProfile together = profile(samples, 3, (one, other, category) -> 1);
    assertThat(together.profile().sha256()).isEqualTo(alone.profile().sha256());
    assertThat(together.looked()).isEqualTo(alone.looked());
  }
}
