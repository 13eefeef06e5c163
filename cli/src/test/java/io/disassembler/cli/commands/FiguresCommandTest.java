package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Scenes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresCommandTest {
  private Scenes scenes = new Scenes(Path.of(""));
  private Path profile = Path.of("");

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
    profile = scenes.profile();
  }

  @Test
  void drawsEveryFigureAndPrintsTheFinding() throws IOException {
    Path folder = scenes.file("figures");
    Path json = folder.resolve("finding.json");

    Invocation figures =
        Invocation.of(
            "figures", profile, "--categories", "car,tree", "--output", folder, "--json", json);

    assertThat(figures.code()).as(figures.err()).isZero();
    for (String name :
        new String[] {
          "images-car-forward",
          "images-tree-backward",
          "categories-forward",
          "categories-backward",
          "similarity-forward",
          "similarity-backward",
          "depth",
          "relevance",
          "shared-kernels"
        }) {
      assertThat(folder.resolve(name + ".png")).isNotEmptyFile();
      assertThat(folder.resolve(name + ".svg")).isNotEmptyFile();
    }
    assertThat(figures.out()).contains("second.relu", "one category", "different", "difference");
    JsonNode layers = JsonFile.read(json).get("layers");
    assertThat(layers).hasSize(4);
    for (JsonNode layer : layers) {
      double within = layer.get("within").get("value").asDouble();
      double between = layer.get("between").get("value").asDouble();
      assertThat(within).isGreaterThan(between + 0.3);
      assertThat(layer.get("difference").get("value").asDouble()).isEqualTo(within - between);
      assertThat(layer.get("similarity").get(1).get(2))
          .isEqualTo(layer.get("similarity").get(2).get(1));
    }
  }

  @Test
  void theSameProfileGivesTheSameBytes() throws IOException {
    Path first = scenes.file("first");
    Path second = scenes.file("second");
    Invocation.of("figures", profile, "--output", first);
    Invocation.of("figures", profile, "--output", second);

    for (String name : new String[] {"categories-forward.svg", "depth.png", "shared-kernels.svg"}) {
      assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
    }
  }

  @Test
  void whatCannotBeDrawnIsRefusedBeforeAnythingIsWritten() {
    Path folder = scenes.file("figures");

    Invocation layer = Invocation.of("figures", profile, "--layer", "secnd", "--output", folder);
    Invocation category = Invocation.of("figures", profile, "-c", "cat", "--output", folder);
    Invocation threshold = Invocation.of("figures", profile, "--alpha", "2", "--output", folder);

    assertThat(layer.code()).isEqualTo(2);
    assertThat(layer.err())
        .contains("feature map 'secnd'", "nearest: second.relu", "(--layer)")
        .hasLineCount(1);
    assertThat(category.code()).isEqualTo(2);
    assertThat(category.err()).contains("unknown category \"cat\"", "car").hasLineCount(1);
    assertThat(threshold.code()).isEqualTo(2);
    assertThat(threshold.err()).contains("alpha: expected", "found 2.0 (--alpha)").hasLineCount(1);
    assertThat(folder).doesNotExist();
  }

  @Test
  void aCategoryThatNoImageShowsIsRefused() throws IOException {
    for (int number = 0; number < Scenes.IMAGES; number++) {
      Scenes.mask(scenes.masks().resolve("scene" + number + ".png"), 0);
    }
    assertThat(
            Invocation.of(
                    "profile",
                    scenes.model(),
                    "--images",
                    scenes.images(),
                    "--masks",
                    scenes.masks(),
                    "--output",
                    profile,
                    "--overwrite")
                .code())
        .isZero();
    Path folder = scenes.file("figures");

    Invocation tree = Invocation.of("figures", profile, "-c", "tree", "--output", folder);

    assertThat(tree.code()).isEqualTo(2);
    assertThat(tree.err())
        .contains("category 'tree': no image of the profile shows it", "(--categories)")
        .hasLineCount(1);
    assertThat(folder).doesNotExist();
  }
}
