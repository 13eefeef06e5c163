package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.Build;
import io.disassembler.base.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much commands say, where to, and what their JSON says of where it came from. */
class SaidTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void jsonAloneGoesToStandardOutput() throws IOException {
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("inspect", scenes.model()),
            List.of("check", scenes.model(), "--cuts", 1),
            List.of("scenes", "--count", 1, "--size", "32x32", "--output", scenes.file("drawn")))) {
      List<Object> arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--json", "-"));

      Invocation said = Invocation.succeedQuietly(arguments.toArray());

      assertThat(JsonFile.parse(said.out()).at("/provenance/version").asText())
          .isEqualTo(Build.version());
    }
    assertThat(scenes.file("-")).doesNotExist();
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void resultsSayWhatTheyCameFrom() throws IOException {
    Path json = scenes.file("profile.json");
    Path profile = scenes.file("p.h5");
    Invocation.succeedQuietly(
        "profile",
        scenes.model(),
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--limit",
        3,
        "--seed",
        7,
        "--output",
        profile,
        "--json",
        json);

    JsonNode provenance = JsonFile.read(json).get("provenance");

    assertThat(provenance.get("seed").asLong()).isEqualTo(7);
    assertThat(provenance.get("command").asText()).startsWith("disassembler profile ");
    assertThat(provenance.get("sha256").get(scenes.model().toString()).asText())
        .isEqualTo(Sha256.of(scenes.model()));
    assertThat(provenance.get("sha256").get(scenes.file("model.yaml").toString()).asText())
        .isEqualTo(Sha256.of(scenes.file("model.yaml")));
    assertThat(provenance.get("sha256").has(profile.toString())).isFalse();
    assertThat(provenance.at("/images/0/names")).hasSize(3);

    Path figures = scenes.file("figures.json");
    Path comparison = scenes.file("comparison.json");
    Invocation.succeedQuietly(
        "figures", profile, "--output", scenes.file("figures"), "--json", figures);
    Invocation.succeedQuietly(
        "compare",
        scenes.model(),
        "--profile",
        profile,
        "--images",
        scenes.images(),
        "--criteria",
        "l1",
        "--recoveries",
        "none",
        "--category-sets",
        "car",
        "--keep-macs",
        "50%",
        "--output",
        scenes.file("comparison"),
        "--json",
        comparison);

    assertThat(JsonFile.read(figures).at("/provenance/images/0/count").asInt()).isEqualTo(3);
    assertThat(JsonFile.read(comparison).at("/provenance/images/0/count").asInt())
        .isEqualTo(Scenes.IMAGES);
    assertThat(JsonFile.read(comparison).at("/cells/2/keepMacs").asDouble()).isEqualTo(0.5);
  }

  @Test
  void quietCommandsSayNothing() throws Exception {
    Files.delete(scenes.file("model.yaml"));
    Path json = scenes.file("inspection.json");

    List<String> evaluate =
        List.of(
            "evaluate",
            scenes.model().toString(),
            "--images",
            scenes.images().toString(),
            "--no-latency",
            "--size",
            "16x16",
            "--json");
    Process usual = start(evaluate, scenes.file("usual.json").toString());
    Process quiet = start(evaluate, json.toString(), "-q");
    Process failing = start(List.of("inspect"), "nowhere.onnx", "--quiet");

    assertThat(text(usual)).contains("WARN", "no network card", "parameters");
    assertThat(text(quiet)).isEmpty();
    assertThat(json).isRegularFile();
    assertThat(text(failing)).startsWith("disassembler: nowhere.onnx");
    assertThat(failing.waitFor()).isEqualTo(Main.INVALID_INPUT);
  }

  @Test
  void swappedNetworksAreRecognised() {
    Path small = scenes.file("small.onnx");
    Invocation.succeedQuietly(
        "extract",
        scenes.model(),
        "--profile",
        scenes.profile(),
        "--categories",
        "car",
        "--keep-macs",
        "50%",
        "--output",
        small);

    Invocation swapped =
        Invocation.of("evaluate", small, scenes.model(), "--images", scenes.images());

    assertThat(swapped.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(swapped.err())
        .contains("was cut from", "expected the full network first")
        .hasLineCount(1);
  }

  @Test
  void foldersOfSplitsSayWhatToName() throws IOException {
    Path data = Files.createDirectory(scenes.file("data"));
    for (String part : List.of("images", "masks")) {
      Path split = Files.createDirectories(data.resolve(part)).resolve("train");
      Files.move(scenes.file(part), split);
      Files.createDirectory(data.resolve(part).resolve("val"));
    }

    for (Path named : List.of(data, data.resolve("images"))) {
      Invocation refused =
          Invocation.of("evaluate", scenes.model(), "--no-latency", "--images", named);
      assertThat(refused.err())
          .contains("it is divided into train, val: name folders:" + data + ":train");
    }
    Invocation.succeed(
        "evaluate", scenes.model(), "--no-latency", "--images", "folders:" + data + ":train");
  }

  private Process start(List<String> arguments, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
