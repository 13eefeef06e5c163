package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void cutsACarNetworkThatWorksAndReplacesAnEarlierDemoIfAsked() throws IOException {
    Path output = Files.createDirectory(folder.resolve("the demo"));
    Files.writeString(output.resolve("street.onnx"), "left by an earlier demo");
    Path json = folder.resolve("demo.json");
    assertThat(Invocation.of("demo", "--output", output).err()).contains("--overwrite");

    Invocation demo = Invocation.of("demo", "--output", output, "--json", json, "--overwrite");

    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains("disassembler profile", "disassembler extract", "disassembler evaluate")
        .contains("--output '" + output.resolve("car.onnx") + "'")
        .contains("On 16 test scenes");
    assertThat(ImageIO.read(output.resolve("demo.png").toFile()).getWidth()).isGreaterThan(3 * 256);
    assertThat(output.resolve("report.html")).content().contains("car.onnx keeps");
    JsonNode summary = JsonFile.read(json);
    JsonNode evaluation = summary.path("evaluation");
    JsonNode small = evaluation.path("networks").path(0);
    assertThat(small.path("macs").asDouble())
        .isLessThanOrEqualTo(0.65 * evaluation.path("reference").path("macs").asDouble());
    assertThat(small.path("meanRetention").asDouble()).isGreaterThan(0.9);
    assertThat(small.path("categories").path(0).path("iou").asDouble()).isGreaterThan(0.65);
  }

  @Test
  void refusesAFileAsFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Invocation demo = Invocation.of("demo", "--output", file);
    assertThat(demo.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(demo.err().strip())
        .isEqualTo("disassembler: " + file + ": is a file; name a folder to write to");
  }

  @Test
  void scenesAreWrittenWithACard() {
    Path output = folder.resolve("scenes");
    Invocation scenes =
        Invocation.of("scenes", "--count", 2, "--size", "48x64", "--seed", 7, "--output", output);
    assertThat(scenes.code()).as(scenes.err()).isZero();
    assertThat(output.resolve("images/seed7-00001.jpg")).exists();
    assertThat(output.resolve("masks/seed7-00001.png")).exists();
    assertThat(output.resolve("card.yaml")).exists();
  }
}
