package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Scenes;
import io.disassembler.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCategoriesTest {
  @TempDir private Path folder = Path.of("");
  private Scenes scenes = new Scenes(folder);

  @BeforeEach
  void draw() throws IOException {
    scenes = Scenes.in(folder);
  }

  private Object[] profile(String name, Object... options) {
    Object[] command = {
      "profile", scenes.model(), "--images", scenes.images(), "--output", scenes.file(name)
    };
    return Invocation.join(command, options);
  }

  private Object[] extract(String categories, String name, Object... options) {
    Object[] command = {
      "extract", scenes.model(), "--categories", categories, "--output", scenes.file(name)
    };
    return Invocation.join(command, options);
  }

  private void assertRefused(String message, Object... command) {
    Invocation refused = Invocation.of(command);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(message).doesNotContain("\tat ").hasLineCount(1);
  }

  @Test
  void takesAndTellsOnlyWhatWasAskedFor() throws IOException {
    Path json = scenes.file("p.json");
    Invocation some = Invocation.succeed(profile("p.h5", "--categories", "tree,0", "--json", json));
    assertThat(some.out()).contains("car ", "tree ").doesNotContain("road");
    assertThat(JsonFile.read(json).get("categories").findValuesAsText("name"))
        .containsExactly("car", "tree");
    Path profile = scenes.file("p.h5");
    assertThat(ProfileFile.read(profile).header().profiledNames()).containsExactly("car", "tree");
    Invocation.succeed(extract("tree", "tree.onnx", "--profile", profile));
    assertThat(scenes.file("tree.onnx")).exists();
    assertRefused(
        "the profile is of car, tree alone and says nothing of road; profile the network for that, or for all of its categories, or choose among those that were profiled (--categories)",
        extract("car,road", "road.onnx", "--profile", profile));
    assertRefused(
        "says nothing of road",
        extract("road", "road.onnx", "--profile", profile, "--images", scenes.images()));
    assertThat(scenes.file("road.onnx")).doesNotExist();
    assertRefused(
        "says nothing of road",
        "figures",
        profile,
        "--categories",
        "road",
        "--output",
        scenes.file("f"));
    assertRefused("unknown category \"sky\"", profile("q.h5", "--categories", "sky"));
  }

  @Test
  void partsAreOfTheSameCategories() {
    Invocation.succeed(profile("1.h5", "--shard", "1/2", "--categories", "car"));
    Invocation.succeed(profile("2.h5", "--shard", "2/2", "--categories", "0"));
    Invocation.succeed(profile("all.h5", "--shard", "2/2"));
    Path merged = scenes.file("merged.h5");
    assertRefused(
        "profiled categories",
        "merge",
        scenes.file("1.h5"),
        scenes.file("all.h5"),
        "--output",
        merged);
    Invocation.succeed("merge", scenes.file("1.h5"), scenes.file("2.h5"), "--output", merged);
    assertThat(ProfileFile.read(merged).header().profiledNames()).containsExactly("car");
    assertThat(ProfileFile.read(merged).images()).hasSize(Scenes.IMAGES);
  }

  @Test
  void waitsOnlyForTheseToBeStable() {
    assertThat(
            Invocation.succeed(profile("p.h5", "--until", "stable", "--categories", "tree")).out())
        .contains("not known to be enough for tree (6 images)")
        .doesNotContain("car", "road");
  }

  /** And its plan is replayed with images, too. */
  @Test
  void onTheFlyOnlyTheChosenCategoriesAreProfiled() throws IOException {
    Object[] images = {"--images", scenes.images(), "--recovery", "ridge"};
    Invocation.succeed(extract("road,car", "small.onnx", images));
    Invocation.succeed(profile("p.h5", "--categories", "car,road"));
    Invocation.succeed(extract("road,car", "again.onnx", "--profile", scenes.file("p.h5")));
    assertThat(scenes.file("again.onnx")).hasSameBinaryContentAs(scenes.file("small.onnx"));
    Invocation.succeed(
        "extract",
        scenes.model(),
        "--plan",
        scenes.file("small.onnx"),
        "--images",
        scenes.images(),
        "--output",
        scenes.file("replayed.onnx"));
    assertThat(scenes.file("replayed.onnx")).hasSameBinaryContentAs(scenes.file("small.onnx"));
  }
}
