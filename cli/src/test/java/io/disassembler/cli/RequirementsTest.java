package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sub-networks that are asked for by what they must measure up to. */
class RequirementsTest {
  private Scenes scenes = new Scenes(Path.of(""));
  private Path validation = Path.of("");
  private Object[] extract = {};

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
    Path profile = scenes.profile("--limit", 3);
    validation = scenes.images();
    extract =
        new Object[] {
          "extract",
          scenes.model(),
          "--profile",
          profile,
          "--categories",
          "car,tree",
          "--output",
          scenes.file("small.onnx")
        };
  }

  @Test
  void theSmallestNetworkThatKeepsEnoughIsFound() throws IOException {
    Invocation found =
        run(
            "--min-retention",
            0.95,
            "--validation",
            validation,
            "--validation-masks",
            scenes.masks());

    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out()).contains("tried: at 50.0 % of the MACs", "of its IoU on 3 images");
    JsonNode network = evaluate();
    assertThat(network.get("macs").asLong())
        .isLessThan(
            JsonFile.read(scenes.file("numbers.json")).get("reference").get("macs").asLong() / 2);
    for (JsonNode category : network.get("categories")) {
      assertThat(category.get("retention").asDouble()).isGreaterThan(0.9);
    }
  }

  @Test
  void aNetworkThatIsFastEnoughIsFound() {
    Invocation found = run("--max-latency-ms", 10_000);

    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out()).contains("tried: at 100.0 % of the MACs it takes");
  }

  @Test
  void aShareOfTheFullNetworksTimeCanBeAskedFor() {
    Invocation found = run("--keep-latency", 1000.0 / 1001);
    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out()).contains("of the full network's time (", " ms)");

    Invocation impossible = run("--keep-latency", 1e-6, "--overwrite");
    assertThat(impossible.code()).isEqualTo(2);
    assertThat(impossible.err())
        .contains("a latency of at most 1.0E-6 of the full network's: no sub-network has it")
        .contains("(--keep-latency)");
  }

  @Test
  void bothCanBeAskedFor() {
    Object[] floor = {"--min-retention", 0.9, "--validation", validation};

    Invocation slow = run(Invocation.join(floor, "--max-latency-ms", 10_000));
    Invocation fast = run(Invocation.join(floor, "--max-latency-ms", 1e-6, "--overwrite"));

    assertThat(slow.code()).as(slow.err()).isZero();
    assertThat(fast.code()).isEqualTo(2);
    assertThat(fast.err())
        .contains("not with at least 0.9 of each category's IoU", "it takes")
        .contains("(--max-latency-ms, --min-retention)");
  }

  @Test
  void whatCannotBeMetIsSaidSo() {
    Invocation latency = run("--max-latency-ms", 1e-6);

    assertThat(latency.code()).isEqualTo(2);
    assertThat(latency.err())
        .contains("a latency of at most 1.0E-6 ms: no sub-network has it", "it takes")
        .contains("(--max-latency-ms)");
    assertThat(scenes.file("small.onnx")).doesNotExist();
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    assertRefused("--validation DIR", "--min-retention", 0.9);
    assertRefused(
        "found 98.0 (--min-retention)", "--min-retention", 98, "--validation", validation);
    assertRefused("found 0.0 ms (--max-latency-ms)", "--max-latency-ms", 0);
    assertRefused("found 1.5 (--keep-latency)", "--keep-latency", 1.5);
    assertRefused(
        "found both (--max-latency-ms, --keep-latency)",
        "--keep-latency",
        0.5,
        "--max-latency-ms",
        9);
    assertRefused("leave out --keep-macs 0.3", "--max-latency-ms", 9, "--keep-macs", 0.3);
    Path cars = Files.createDirectory(scenes.file("cars"));
    Path masks = Files.createDirectory(scenes.file("car-masks"));
    Files.copy(scenes.images().resolve("scene0.png"), cars.resolve("new.png"));
    Scenes.mask(masks.resolve("new.png"), 0);
    assertRefused(
        "finds 'tree' in none of the 1 images",
        "--min-retention",
        0.9,
        "--validation",
        cars,
        "--validation-masks",
        masks);
  }

  private void assertRefused(String message, Object... arguments) {
    Invocation refused = run(arguments);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
  }

  private Invocation run(Object... more) {
    return Invocation.of(Invocation.join(extract, more));
  }

  private JsonNode evaluate() throws IOException {
    Invocation evaluate =
        Invocation.of(
            "evaluate",
            scenes.model(),
            scenes.file("small.onnx"),
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--no-latency",
            "--json",
            scenes.file("numbers.json"));
    assertThat(evaluate.code()).as(evaluate.err()).isZero();
    return JsonFile.read(scenes.file("numbers.json")).get("networks").get(0);
  }
}
