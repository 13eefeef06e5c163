package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private Scenes scenes = new Scenes(Path.of(""));
  private Path profile = Path.of("");

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
    profile = scenes.profile();
  }

  @Test
  void measuresEveryCombinationAndTheControls() throws IOException {
    Path folder = scenes.file("results");

    Invocation compare = compare(folder);

    assertThat(compare.out()).contains("untouched", "head-only", "taylor", "retention");
    JsonNode results = JsonFile.read(folder.resolve("results.json"));
    assertThat(results.get("cells")).hasSize(2 * (2 + 2 * 2 * 1));
    for (JsonNode row : results.get("summary")) {
      double asked = row.get("keepMacs").asDouble();
      assertThat(row.get("macsShare").asDouble()).isBetween(asked - 0.2, asked);
      if (asked == 1) {
        assertThat(row.get("retention").asDouble()).isEqualTo(1);
      }
    }
    assertThat(results.get("command").asText())
        .startsWith("disassembler compare ")
        .contains("'car;tree,road'");
    assertThat(folder.resolve("results.md")).isRegularFile();
    assertThat(folder.resolve("results.csv")).isRegularFile();
    assertThat(folder.resolve("retention-macs-ridge.png")).isRegularFile();
  }

  /** The cells share predictions and skip the head; extract and evaluate do neither. */
  @Test
  void agreesWithExtractAndEvaluate() throws IOException {
    Path folder = scenes.file("results");
    compare(folder);
    Path small = scenes.file("small.onnx");
    Path numbers = scenes.file("numbers.json");
    Invocation.succeed(
        "extract",
        scenes.model(),
        "--profile",
        profile,
        "--categories",
        "tree,road",
        "--criterion",
        "l1",
        "--recovery",
        "none",
        "--keep-macs",
        "0.5",
        "--output",
        small);
    Invocation.succeed(
        "evaluate",
        scenes.model(),
        small,
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--no-latency",
        "--json",
        numbers);

    JsonNode expected = JsonFile.read(numbers).get("networks").get(0);
    JsonNode found = null;
    for (JsonNode cell : JsonFile.read(folder.resolve("results.json")).get("cells")) {
      if (cell.get("set").asText().equals("tree,road")
          && cell.get("criterion").asText().equals("l1")
          && cell.get("recovery").asText().equals("none")) {
        found = cell;
      }
    }
    assertThat(found).isNotNull();
    assertThat(found.get("macs")).isEqualTo(expected.get("macs"));
    assertThat(found.get("parameters")).isEqualTo(expected.get("parameters"));
    assertThat(found.get("retention")).isEqualTo(expected.get("meanRetention"));
    for (int c = 0; c < 2; c++) {
      JsonNode sub = found.get("categories").get(c).get("sub");
      JsonNode category = expected.get("categories").get(c);
      for (String measure : List.of("iou", "precision", "recall", "falsePositiveRate")) {
        assertThat(sub.get(measure)).as(measure).isEqualTo(category.get(measure));
      }
    }
  }

  @Test
  void saysWhereTheQualityWentAndKeepsWhatItFound() throws IOException {
    Path folder = scenes.file("results");
    Object[] command = {
      "compare",
      scenes.model(),
      "--profile",
      profile,
      "--images",
      scenes.images(),
      "--category-sets",
      "car",
      "--criteria",
      "taylor",
      "--recoveries",
      "none,ridge",
      "--keep-macs",
      "0.5",
      "--output",
      folder,
      "--explain"
    };
    Invocation.succeed(command);

    Path file = folder.resolve("explained.json");
    JsonNode cells = JsonFile.read(file);
    assertThat(cells).hasSize(2);
    for (JsonNode cell : cells) {
      JsonNode explanation = cell.get("explanation");
      assertThat(explanation.get("together").asDouble()).isPositive();
      assertThat(explanation.get("families"))
          .isNotEmpty()
          .allSatisfy(family -> assertThat(family.get("alone").asDouble()).isPositive());
      assertThat(explanation.get("layers")).isNotEmpty();
    }
    assertThat(cells.get(0).get("explanation").get("together").asDouble())
        .as("ridge recovery makes up for some of it")
        .isGreaterThan(cells.get(1).get("explanation").get("together").asDouble());
    assertThat(folder.resolve("explained.md"))
        .content()
        .contains("## car, 50.0 % of the MACs, `taylor`, recovery ridge")
        .contains("Rank correlation of predicted and measured harm");

    Files.writeString(
        file, Files.readString(file).replaceFirst("\"images\" : \\d+", "\"images\" : 77"));
    Invocation.succeed(command);
    assertThat(JsonFile.read(file).get(0).get("explanation").get("images").asInt()).isEqualTo(77);
  }

  @Test
  void goesOnWhereItWasStoppedAndGivesTheSameTable() throws IOException {
    Path folder = scenes.file("results");
    compare(folder);
    String table = Files.readString(folder.resolve("results.csv"));
    Path log = folder.resolve("results.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    // As kill -9 leaves it: five cells short, one of them half written.
    String marked = lines.get(0).replaceFirst("\"macs\":\\d+", "\"macs\":1");
    lines.set(0, marked);
    String half = lines.get(lines.size() - 5).substring(0, 40);
    Files.writeString(log, String.join("\n", lines.subList(0, lines.size() - 5)) + "\n" + half);

    Path plot = Files.createFile(folder.resolve("retention-macs-closed-loop.png"));
    Path other = Files.createFile(folder.resolve("notes.png"));
    compare(folder);

    assertThat(plot).as("a plot that this run does not make").doesNotExist();
    assertThat(other).exists();
    assertThat(folder.resolve("retention-macs-ridge.png")).isRegularFile();
    assertThat(Files.readAllLines(log)).hasSize(12).startsWith(marked);
    List<String> again = Files.readAllLines(folder.resolve("results.csv"));
    assertThat(again.get(1)).contains(",1,");
    assertThat(again.subList(2, again.size()))
        .isEqualTo(table.lines().toList().subList(2, again.size()));
  }

  @Test
  void otherImagesAreMeasuredAnew() throws IOException {
    Path folder = scenes.file("results");
    compare(folder);

    compare(folder, "--limit", 3);

    assertThat(Files.readAllLines(folder.resolve("results.jsonl"))).hasSize(24);
    assertThat(JsonFile.read(folder.resolve("results.json")).get("cells")).hasSize(12);
  }

  @Test
  void latencyIsMeasuredIfAskedFor() throws IOException {
    Path folder = scenes.file("results");

    Invocation.succeed(
        "compare",
        scenes.model(),
        "--profile",
        profile,
        "--images",
        scenes.images(),
        "--category-sets",
        "car",
        "--criteria",
        "random",
        "--recoveries",
        "none",
        "--keep-macs",
        "0.5",
        "--latency",
        "--output",
        folder);

    for (JsonNode cell : JsonFile.read(folder.resolve("results.json")).get("cells")) {
      assertThat(cell.get("latencyRatio").asDouble()).isPositive();
    }
    assertThat(folder.resolve("retention-latency-none.png")).isRegularFile();
  }

  @Test
  void profilesAreComparedToo() throws IOException {
    Path labelled = scenes.file("labelled.profile.h5");
    Invocation.succeed(
        "profile",
        scenes.model(),
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--limit",
        4,
        "--output",
        labelled);
    Path folder = scenes.file("results");

    Invocation.succeed(
        "compare",
        scenes.model(),
        "--profile",
        profile + "," + labelled,
        "--images",
        scenes.images(),
        "--category-sets",
        "car",
        "--criteria",
        "taylor",
        "--recoveries",
        "ridge",
        "--keep-macs",
        "0.5",
        "--output",
        folder);

    JsonNode results = JsonFile.read(folder.resolve("results.json"));
    assertThat(results.get("profiles").get("model").asText()).isEqualTo("6 images, without masks");
    assertThat(results.get("profiles").get("labelled").asText()).isEqualTo("4 images, with masks");
    assertThat(results.get("cells").findValuesAsText("profile"))
        .containsExactly("", "", "model", "labelled");
  }

  @Test
  void whatCannotBeMadeIsSaidSo() throws IOException {
    Path folder = scenes.file("results");

    Invocation.succeed(
        "compare",
        scenes.model(),
        "--profile",
        profile,
        "--images",
        scenes.images(),
        "--category-sets",
        "car",
        "--criteria",
        "bn_scale",
        "--recoveries",
        "none",
        "--keep-macs",
        "0.5",
        "--output",
        folder);

    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("has no BatchNormalization");
  }

  private Invocation compare(Path folder, Object... more) {
    return compare(scenes, profile, folder, more);
  }

  /** Two sets, two criteria, two recoveries, one budget. */
  static Invocation compare(Scenes scenes, Path profile, Path folder, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                scenes.model(),
                "--profile",
                profile,
                "--images",
                scenes.images(),
                "--masks",
                scenes.masks(),
                "--category-sets",
                "car;tree,road",
                "--criteria",
                "l1,taylor",
                "--recoveries",
                "none,ridge",
                "--keep-macs",
                "0.5",
                "--output",
                folder));
    arguments.addAll(List.of(more));
    return Invocation.succeed(arguments.toArray());
  }
}
