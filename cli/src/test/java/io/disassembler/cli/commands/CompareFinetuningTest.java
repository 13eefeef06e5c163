package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Scenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare --finetune}. */
class CompareFinetuningTest {
  private Scenes scenes = new Scenes(Path.of(""));
  private Path profile = Path.of("");

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
    profile = scenes.profile();
  }

  @Test
  void subNetworksAreFinetunedAndJudgedOnceMore() throws IOException {
    Path folder = scenes.file("results");
    Object[] finetuning = {
      "--finetune",
      2,
      "--finetune-images",
      scenes.images(),
      "--finetune-masks",
      scenes.masks(),
      "--finetune-teacher"
    };

    CompareCommandTest.compare(scenes, profile, folder, finetuning);

    JsonNode results = JsonFile.read(folder.resolve("results.json"));
    assertThat(results.get("cells")).hasSize(2 * (2 + 2 * 2 * 3));
    Map<String, Double> retention = new HashMap<>();
    for (JsonNode row : results.get("summary")) {
      if (row.get("keepMacs").asDouble() < 1) {
        String finetuned = row.get("finetuning").asText();
        retention.merge(finetuned, row.get("retention").asDouble(), Double::sum);
      }
    }
    assertThat(retention).containsOnlyKeys("none", "masks, 2 epochs", "teacher, 2 epochs");
    assertThat(retention.get("masks, 2 epochs")).isGreaterThan(retention.get("none"));
    assertThat(retention.get("teacher, 2 epochs")).isGreaterThan(retention.get("none"));
    assertThat(folder.resolve("retention-macs-ridge-masks-2-epochs.png")).isRegularFile();
    String table = Files.readString(folder.resolve("results.csv"));

    // Half of the cells gone, a finetuned one the last that is left: the same comes out again.
    Path log = folder.resolve("results.jsonl");
    List<String> lines = Files.readAllLines(log);
    Files.write(log, lines.subList(0, 6));
    CompareCommandTest.compare(scenes, profile, folder, finetuning);

    assertThat(Files.readString(folder.resolve("results.csv"))).isEqualTo(table);
  }

  @Test
  void finetuningWithoutWhatToLearnFromIsRefused() {
    Invocation invocation =
        Invocation.of(
            "compare",
            scenes.model(),
            "--profile",
            profile,
            "--images",
            scenes.images(),
            "--finetune",
            1,
            "--finetune-images",
            scenes.images(),
            "--output",
            scenes.file("results"));
    assertThat(invocation.code()).isEqualTo(2);
    assertThat(invocation.err()).contains("--finetune-masks DIR or --finetune-teacher");
  }

  @Test
  void dataSetsBringTheMasksToFinetuneOn() throws IOException {
    Path folder = scenes.file("results");

    CompareCommandTest.compare(
        scenes,
        profile,
        folder,
        "--finetune",
        1,
        "--finetune-images",
        "folders:" + scenes.folder());

    assertThat(
            JsonFile.read(folder.resolve("results.json"))
                .get("summary")
                .findValuesAsText("finetuning"))
        .contains("masks, 1 epoch");
  }
}
