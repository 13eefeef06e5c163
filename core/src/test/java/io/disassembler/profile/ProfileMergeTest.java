package io.disassembler.profile;

import static io.disassembler.profile.ProfileAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileMergeTest {
  @TempDir private Path folder = Path.of("");

  private Path write(String name, Profile profile) {
    Path file = folder.resolve(name);
    ProfileFile.write(profile, file);
    return file;
  }

  private List<Path> parts() {
    return List.of(
        write("a.h5", Profiles.of(1, 20)),
        write("b.h5", Profiles.of(21, 21)),
        write("c.h5", Profiles.of(22, 21)), // no image is in this one
        write("d.h5", Profiles.of(22, 150)));
  }

  private static Profile of(ProfileHeader header, ImageProfile image) {
    ProfileAccumulator sum = new ProfileAccumulator(header, Profiles.MAPS);
    sum.add(image);
    return sum.toProfile();
  }

  private static ImageProfile seen(String name, long content) {
    ImageProfile made = Profiles.image(1);
    return new ImageProfile(name, content, made.categories(), made.moments());
  }

  /**
   * What is counted (images, pixels, active channels, areas of masks) is equal; every other sum is
   * one of the same float64 numbers in another order.
   */
  @Test
  void partsMakeTheWhole() {
    Profile whole = Profiles.of(1, 150);
    Profile merged = ProfileMerge.of(parts()).run();
    assertSame(merged, whole, 150 * Math.ulp(1.0));
    whole
        .images()
        .forEach(image -> assertThat(merged.content(image)).isEqualTo(whole.content(image)));
  }

  @Test
  void theOrderOfThePartsIsOfNoAccount() throws IOException {
    List<Path> parts = new ArrayList<>(parts());
    byte[] merged = Files.readAllBytes(write("m.h5", ProfileMerge.of(parts).run()));
    Random random = new Random(5);
    for (int i = 0; i < 6; i++) {
      Collections.shuffle(parts, random);
      assertThat(Files.readAllBytes(write("n.h5", ProfileMerge.of(parts).run())))
          .as(parts.toString())
          .isEqualTo(merged);
    }
  }

  @Test
  void oneProfileAloneStaysAsItIs() throws IOException {
    Path one = write("a.h5", Profiles.of(1, 20));
    Path again = write("b.h5", ProfileMerge.of(List.of(one)).run());
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void noImageCountsTwice() {
    Path one = write("one.h5", Profiles.of(1, 4));
    Path other = write("other.h5", Profiles.of(4, 5));
    assertRefused(List.of(one, other), "other.h5: image 'image004' is in", "one.h5 as well");
    assertRefused(List.of(one, one), "one.h5: image 'image001' is in", "one.h5 as well");
  }

  @Test
  void twoImagesOfOneNameAreNotTakenForOne() {
    Path one = write("one.h5", of(Profiles.header(), seen("frame", 1)));
    Path other = write("other.h5", of(Profiles.header(), seen("frame", 2)));
    assertRefused(List.of(one, other), "image 'frame' has the name of another one in");
  }

  @Test
  void copiesUnderOtherNamesCountOnlyIfTheyMay() {
    Path one = write("one.h5", of(Profiles.header(), seen("frame", 7)));
    Path other = write("other.h5", of(Profiles.header(), seen("copy", 7)));
    assertThatThrownBy(() -> ProfileMerge.of(List.of(one, other)).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("one.h5: image 'frame' shows the same as image 'copy' in")
        .extracting(e -> ((InvalidInputException) e).settings())
        .isEqualTo(List.of(Setting.COPIES));
    assertThat(ProfileMerge.of(List.of(one, other)).copiesCount(true).run().images())
        .containsExactly("copy", "frame");
  }

  @Test
  void refusesWhatWasMadeOtherwise() {
    ProfileHeader header = Profiles.header();
    Path one = write("one.h5", of(header, seen("a", 1)));
    Map<String, ProfileHeader> others =
        Map.of(
            "model SHA-256",
            new ProfileHeader(
                "cd34",
                header.categories(),
                0.9,
                7,
                new Size(192, 256),
                true,
                "0.1",
                "",
                "card",
                DecisionRule.EXCLUSIVE),
            "threshold",
            new ProfileHeader(
                "ab12",
                header.categories(),
                0.8,
                7,
                new Size(192, 256),
                true,
                "0.1",
                "",
                "card",
                DecisionRule.EXCLUSIVE),
            "network card",
            new ProfileHeader(
                "ab12",
                header.categories(),
                0.9,
                7,
                new Size(192, 256),
                true,
                "0.1",
                "",
                "other",
                DecisionRule.EXCLUSIVE));
    others.forEach(
        (difference, other) ->
            assertRefused(
                List.of(one, write("other.h5", of(other, seen("b", 2)))),
                "other.h5, which is compared with",
                "expected " + difference));
  }

  @Test
  void refusesWhatIsNoProfile() {
    assertRefused(List.of(folder.resolve("missing.h5")), "missing.h5: there is no such profile");
    assertRefused(List.of(), "no profile to merge");
  }

  private static void assertRefused(List<Path> files, String... messages) {
    assertThatThrownBy(() -> ProfileMerge.of(files).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(messages);
  }
}
