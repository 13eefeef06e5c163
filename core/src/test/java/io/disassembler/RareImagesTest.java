package io.disassembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.Sample;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.scenes.Example;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RareImagesTest {
  private static final int FEW = 6;
  private static final int FOLLOWED = 8;

  private static Example example;
  private static ImageSet images;
  private static Profile all;
  private static Profile few;

  @BeforeAll
  static void profile(@TempDir Path folder) {
    example = Example.copyTo(folder);
    images = ImageSet.folder(example.learning().resolve("images"));
    try (SegmentationNetwork network = open()) {
      all = network.profile(images).run();
      few = network.profile(images.atMost(FEW)).run();
    }
  }

  private static SegmentationNetwork open() {
    return SegmentationNetwork.at(example.model()).threads(2).open();
  }

  /** Of the categories that any image shows, the one that fewest of the few show. */
  private static int rare() {
    int rare = -1;
    for (int c = 0; c < all.header().categories().size(); c++) {
      if (all.category(c).images() >= 4
          && (rare < 0 || few.category(c).images() < few.category(rare).images())) {
        rare = c;
      }
    }
    return rare;
  }

  @Test
  void profilingGoesOnToImagesThatShowWhatFewDo() {
    int rare = rare();
    assertThat(few.category(rare).images()).isLessThan(all.category(rare).images());
    try (SegmentationNetwork network = open()) {
      Profile found = network.profile(images.atMost(FEW)).showing(List.of(rare)).run();
      CategoryProfile category = found.category(rare);
      assertThat(category.images()).isGreaterThan(few.category(rare).images());
      assertThat(found.images()).containsAll(few.images());
      // Every further image shows it.
      assertThat(category.images() - few.category(rare).images())
          .isEqualTo(found.images().size() - few.images().size());
    }
  }

  @Test
  void nothingIsLookedForWhereAllImagesWereProfiled() {
    try (SegmentationNetwork network = open()) {
      assertThat(network.profile(images).showing(List.of(rare())).run().sha256())
          .isEqualTo(all.sha256());
    }
  }

  @Test
  void recoveryFollowsImagesThatTheProfileDoesNotKnow() {
    int rare = rare();
    try (SegmentationNetwork network = open()) {
      CalibrationSet drawn =
          new CalibrationSet(images, FOLLOWED).showing(network, few, List.of(rare));
      long known =
          drawn.drawn().samples().stream()
              .map(Sample::name)
              .filter(drawn.showing().get(0)::contains)
              .count();
      assertThat(drawn.drawn().size()).isEqualTo(FOLLOWED);
      assertThat(known).isGreaterThanOrEqualTo(FOLLOWED / 4);
    }
  }
}
