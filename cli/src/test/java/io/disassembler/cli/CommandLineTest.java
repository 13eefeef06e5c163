package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.extraction.Plan;
import io.disassembler.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a user: inspect, profile, extract, evaluate. */
class CommandLineTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void inspectShowsLayersAndCosts() throws IOException {
    Path json = scenes.file("inspection.json");

    Invocation inspect = Invocation.succeedQuietly("inspect", scenes.model(), "--json", json);

    assertThat(inspect.out()).contains("first", "second", "Conv", "MACs at 16 x 16");
    JsonNode inspection = JsonFile.read(json);
    assertThat(inspection.get("parameters").asLong())
        .isEqualTo(24 * 3 * 9 + 24 + 24 * 24 * 9 + 24 + 3 * 24 + 3);
    assertThat(inspection.get("macs").asLong())
        .isEqualTo(16 * 16 * (24 * 3 * 9 + 24 * 24 * 9 + 3 * 24));
    assertThat(inspection.get("layers")).hasSize(3);
    assertThat(inspection.get("channelGroups").asInt()).isEqualTo(48);
  }

  @Test
  void onePathFromImagesToNumbers() throws IOException {
    Path profile = profile();
    Path small = scenes.file("small.onnx");
    Path numbers = scenes.file("numbers.json");

    Invocation extract =
        Invocation.succeedQuietly(
            "extract",
            scenes.model(),
            "--profile",
            profile,
            "--categories",
            "car,tree",
            "--keep-macs",
            "0.5",
            "--output",
            small);
    Invocation evaluate =
        Invocation.succeedQuietly(
            "evaluate",
            scenes.model(),
            small,
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--json",
            numbers);

    assertThat(extract.out()).contains("car, tree", "cut equals masked", small.toString());
    assertThat(evaluate.out()).contains("car", "tree", "retention");
    JsonNode reference = JsonFile.read(numbers).get("reference");
    JsonNode network = JsonFile.read(numbers).get("networks").get(0);
    assertThat(JsonFile.read(numbers).get("networks")).hasSize(1);
    assertFootprint(reference, scenes.model());
    assertFootprint(network, small);
    assertThat(network.get("macs").asDouble()).isBetween(1.0, 0.5 * reference.get("macs").asInt());
    assertThat(network.get("parameters").asLong()).isLessThan(reference.get("parameters").asLong());
    assertThat(network.get("bytes").asLong()).isLessThan(reference.get("bytes").asLong());
    assertThat(network.get("meanRetention").asDouble()).isBetween(0.9, 1.1);
    assertThat(network.get("categories").findValuesAsText("name")).containsExactly("car", "tree");
    for (JsonNode category : network.get("categories")) {
      assertThat(category.get("referenceIou").asDouble()).isBetween(0.9, 1.0);
      assertThat(category.get("iou").asDouble()).isBetween(0.9, 1.0);
      assertThat(category.get("retention").asDouble()).isBetween(0.9, 1.1);
      assertThat(category.has("falsePositiveRate")).isTrue();
    }
  }

  @Test
  void networksAreCutOnTheFlyAndWithoutMasks() throws IOException {
    Path small = scenes.file("small.onnx");
    Path json = scenes.file("extraction.json");

    Invocation.succeedQuietly(
        "extract",
        scenes.model(),
        "--images",
        scenes.images(),
        "--categories",
        "car",
        "--output",
        small,
        "--json",
        json);

    assertThat(small).isRegularFile();
    assertThat(JsonFile.read(json).get("categories").get(0).asText()).isEqualTo("car");
    assertThat(Files.getPosixFilePermissions(json))
        .isEqualTo(Files.getPosixFilePermissions(scenes.file("model.yaml")));
    assertThat(JsonFile.read(json).get("cutAgainstMasked").asDouble()).isBetween(0.0, 1e-4);
    Invocation evaluate =
        Invocation.succeedQuietly(
            "evaluate", scenes.model(), small, "--images", scenes.images(), "--no-latency");
    assertThat(evaluate.out()).contains("car");
  }

  @Test
  void plansAreReplayedToTheSameBytes() throws IOException {
    Path profile = profile();
    Path first = scenes.file("first.onnx");
    Invocation.succeedQuietly(
        "extract", scenes.model(), "--profile", profile, "--categories", "road", "--output", first);
    Path plan = scenes.file("plan.json");
    Files.writeString(
        plan, String.valueOf(OnnxReader.read(first).metadata().get(Plan.METADATA_KEY)));

    for (Path source : List.of(first, plan)) {
      Path again = scenes.file("again.onnx");
      Invocation.succeedQuietly(
          "extract",
          scenes.model(),
          "--profile",
          profile,
          "--plan",
          source,
          "--output",
          again,
          "--overwrite");

      assertThat(again).hasSameBinaryContentAs(first);
    }
  }

  @Test
  void theSameProfilesAndNetworksComeOutTwice() throws IOException {
    Path first = Files.move(profile(), scenes.file("first.h5"));
    Path second = profile();
    for (Path profile : List.of(first, second)) {
      Invocation.succeedQuietly(
          "extract",
          scenes.model(),
          "--profile",
          profile,
          "--categories",
          "tree",
          "--output",
          profile + ".onnx");
    }

    assertThat(Path.of(first + ".onnx")).hasSameBinaryContentAs(Path.of(second + ".onnx"));
  }

  @Test
  void profilingResumesFromACheckpoint() throws IOException {
    Path profile = scenes.file("model.profile.h5");
    Invocation.succeedQuietly(
        "profile",
        scenes.model(),
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--output",
        profile);
    Path checkpoint = Files.move(profile, scenes.file("model.profile.h5.partial"));

    Invocation resumed =
        Invocation.succeedQuietly(
            "profile",
            scenes.model(),
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--output",
            profile,
            "--resume");

    assertThat(resumed.out()).contains(Scenes.IMAGES + " images (with masks)");
    assertThat(profile).isRegularFile();
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void networksWithoutCardAreNumberedWithAWarning() throws IOException {
    Files.delete(scenes.file("model.yaml"));
    Path small = scenes.file("small.onnx");

    Invocation extract =
        Invocation.of(
            "extract",
            scenes.model(),
            "--images",
            scenes.images(),
            "--size",
            "16x16",
            "--categories",
            "0,2",
            "--output",
            small);

    assertThat(extract.code()).as(extract.err()).isZero();
    assertThat(extract.err()).contains("WARN", "model.onnx");
    assertThat(extract.out()).contains("categories: 0, 2").doesNotContain("WARN");
  }

  @Test
  void categoriesThatNoImageShowsAreRefused() throws IOException {
    for (int number = 0; number < Scenes.IMAGES; number++) {
      Scenes.mask(scenes.masks().resolve("scene" + number + ".png"), 0);
    }

    Invocation extract =
        Invocation.of(
            "extract",
            scenes.model(),
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--categories",
            "car,tree",
            "--output",
            scenes.file("small.onnx"));

    assertThat(extract.code()).isEqualTo(2);
    assertThat(extract.err())
        .contains("none of the " + Scenes.IMAGES + " images", "of tree with", "--threshold")
        .doesNotContain("car");
    assertThat(scenes.file("small.onnx")).doesNotExist();
  }

  @Test
  void helpAndVersionAreAnswered() {
    assertThat(Invocation.succeedQuietly("--help").out())
        .contains("inspect", "profile", "extract", "evaluate");
    assertThat(Invocation.succeedQuietly("--version").out()).startsWith("disassembler ");
    for (String command : List.of("inspect", "profile", "extract", "evaluate")) {
      assertThat(Invocation.succeedQuietly(command, "--help").out())
          .contains("disassembler " + command, "MODEL");
      assertThat(Invocation.succeedQuietly("help", command).out())
          .contains("disassembler " + command);
    }
  }

  private Path profile() {
    Path profile = scenes.file("model.profile.h5");
    Invocation invocation =
        Invocation.succeedQuietly(
            "profile",
            scenes.model(),
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--output",
            profile);
    assertThat(invocation.out()).contains("car", "tree", "road", Scenes.IMAGES + " images");
    return profile;
  }

  private static void assertFootprint(JsonNode footprint, Path file) throws IOException {
    assertThat(footprint.get("file").asText()).isEqualTo(file.toString());
    assertThat(footprint.get("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(footprint.get("latencyMs").asDouble()).isPositive();
  }
}
