package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.cli.Invocation;
import io.disassembler.cli.Scenes;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileMergeCommandTest {
  /** With six images one of them is empty. */
  private static final int SHARDS = 5;

  @TempDir private Path folder = Path.of("");
  private Scenes scenes = new Scenes(folder);

  @BeforeEach
  void draw() throws IOException {
    scenes = Scenes.in(folder);
  }

  private Path profile(String name, Object... options) {
    Path file = scenes.file(name);
    Object[] command = {
      "profile",
      scenes.model(),
      "--images",
      scenes.images(),
      "--masks",
      scenes.masks(),
      "--output",
      file
    };
    Invocation.succeed(Invocation.join(command, options));
    return file;
  }

  private List<Path> shards() {
    List<Path> shards = new ArrayList<>();
    for (int k = 1; k <= SHARDS; k++) {
      shards.add(profile("shard%d.h5".formatted(k), "--shard", k + "/" + SHARDS));
    }
    return shards;
  }

  private Path merge(String name, List<Path> profiles) {
    Path output = scenes.file(name);
    Object[] command = {"profile", "merge", "--output", output, "--json", output + ".json"};
    Invocation merged = Invocation.succeed(Invocation.join(command, profiles.toArray()));
    assertThat(merged.out()).contains("6 images (with masks)");
    return output;
  }

  @Test
  void shardsMakeTheWholeInAnyOrder() throws IOException {
    List<Path> shards = shards();
    Path merged = merge("merged.h5", shards);
    Collections.reverse(shards);
    assertThat(Files.readAllBytes(merge("again.h5", shards))).isEqualTo(Files.readAllBytes(merged));
    assertThat(scenes.file("merged.h5.json")).content().contains("\"images\" : 6");
    Profile whole = ProfileFile.read(profile("whole.h5"));
    Profile joined = ProfileFile.read(merged);
    assertThat(joined.header()).isEqualTo(whole.header());
    assertThat(joined.images()).isEqualTo(whole.images());
    for (String map : whole.featureMaps()) {
      assertThat(joined.moments(map).count()).isEqualTo(whole.moments(map).count());
      assertThat(joined.moments(map).positive()).isEqualTo(whole.moments(map).positive());
      for (int c = 0; c < whole.header().categories().size(); c++) {
        assertThat(joined.category(c).images()).isEqualTo(whole.category(c).images());
        assertThat(joined.category(c).forward(map))
            .containsExactly(whole.category(c).forward(map), within(1e-14));
        assertThat(joined.category(c).backward(map))
            .containsExactly(whole.category(c).backward(map), within(1e-14));
      }
    }
  }

  @Test
  void saysWhatDoesNotBelongTogether() {
    Path one = profile("one.h5", "--shard", "1/2");
    Path other = profile("other.h5", "--shard", "2/2", "--threshold", "0.5");
    Invocation refused =
        Invocation.of("profile", "merge", one, other, "--output", scenes.file("m.h5"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("expected threshold 0.", "found 0.").doesNotContain("\tat ");
    assertThat(scenes.file("m.h5")).doesNotExist();
    refused = Invocation.of("profile", "merge", one, one, "--output", scenes.file("m.h5"));
    assertThat(refused.err()).contains("would count twice");
    refused = Invocation.of("profile", "merge", one, "--output", one);
    assertThat(refused.err()).contains("would take the place of what the command reads");
  }

  @Test
  void copiesCountWhereTheyMay() throws IOException {
    Path one = profile("one.h5");
    for (int n = 0; n < Scenes.IMAGES; n++) {
      for (Path kind : List.of(scenes.images(), scenes.masks())) {
        Files.move(kind.resolve("scene" + n + ".png"), kind.resolve("copy" + n + ".png"));
      }
    }
    Path copies = profile("copies.h5");
    Invocation refused =
        Invocation.of("profile", "merge", one, copies, "--output", scenes.file("m.h5"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("shows the same as image", "(--copies)");
    Invocation.succeed(
        "profile", "merge", one, copies, "--copies", "--output", scenes.file("m.h5"));
    assertThat(ProfileFile.read(scenes.file("m.h5")).images()).hasSize(2 * Scenes.IMAGES);
  }

  @Test
  void refusesWhatIsNoShare() {
    Object[] command = {
      "profile",
      scenes.model(),
      "--images",
      scenes.images(),
      "--output",
      scenes.file("p.h5"),
      "--shard"
    };
    assertThat(Invocation.of(Invocation.join(command, "half")).err()).contains("expected K/N");
    assertThat(Invocation.of(Invocation.join(command, "3/2")).err()).contains("found 3/2");
  }
}
