package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.base.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No output takes the place of an input, of another output, or of what exists. */
final class OutputsTest {
  private Path folder = Path.of("");
  private Scenes scenes = new Scenes(folder);

  @BeforeEach
  void draw(@TempDir Path temporary) throws IOException {
    folder = temporary;
    scenes = Scenes.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inspect model.onnx --json model.onnx                                  | MODEL",
        "inspect model.onnx --json ../FOLDER/model.onnx                        | MODEL",
        "inspect model.onnx --json model.yaml                                  | model.onnx",
        "inspect model.onnx --json linked.onnx                                 | MODEL",
        "check model.onnx --card other.yaml --json other.yaml                  | --card",
        "evaluate model.onnx model.onnx --images images --report model.onnx    | MODEL",
        "evaluate model.onnx second.onnx --images images --json second.onnx    | SUBNETWORK",
        "profile model.onnx --images images --output model.onnx                | MODEL",
        "profile model.onnx --images images --output new.h5 --card new.h5.partial | --card",
        "extract model.onnx --profile p.h5 -c car --output p.h5                | --profile",
        "extract model.onnx --profile p.h5 --plan plan.json -o s.onnx --json plan.json | --plan",
        "finetune model.onnx --images images --output model.onnx               | MODEL",
        "train unet --images images --card other.yaml --output other.yaml      | --card",
        "figures p.h5 --output new --json p.h5                                 | PROFILE",
      })
  void refusesAnOutputOverAnInput(String line, String input) throws IOException {
    for (String file : new String[] {"other.yaml", "second.onnx", "p.h5", "plan.json"}) {
      Files.writeString(scenes.file(file), file);
    }
    Files.writeString(scenes.file("new.h5.partial"), "a card");
    Files.createSymbolicLink(scenes.file("linked.onnx"), scenes.model());
    Map<Path, String> before = contents();

    // Not even what may be replaced may be replaced if it is read.
    Invocation refused = Invocation.of((Object[]) words(line + " --overwrite"));

    assertThat(refused.code()).as(refused.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err()).contains("would take the place of", "(", input).hasLineCount(1);
    assertThat(contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate model.onnx --images images --json new --report new | --json and --report",
        "extract model.onnx --images images -c car -o new --json ./new | --output and --json",
      })
  void refusesTwoOutputsInOneFile(String line, String options) {
    Invocation refused = Invocation.of((Object[]) words(line));

    assertThat(refused.code()).as(refused.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err()).contains(options, "both would write to").hasLineCount(1);
    assertThat(scenes.file("new")).doesNotExist();
  }

  @Test
  void replacesAFileOnlyIfAsked() throws IOException {
    Path json = Files.writeString(scenes.file("result.json"), "precious");

    Invocation refused = Invocation.of("inspect", scenes.model(), "--json", json);

    assertThat(refused.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err()).contains("--json", "result.json", "exists already", "--overwrite");
    assertThat(json).hasContent("precious");

    Invocation.succeed("inspect", scenes.model(), "--json", json, "--overwrite");

    assertThat(json).content().contains("\"layers\"");
  }

  @Test
  void fillsAFolderWithFilesOnlyIfAsked() throws IOException {
    Path made = Files.createDirectory(scenes.file("made"));
    Object[] command = {"scenes", "--count", 1, "--size", "32x32", "--output", made};
    Invocation.succeed(command);

    Invocation refused = Invocation.of(command);

    assertThat(refused.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err()).contains("--output", "the folder has files in it", "--overwrite");
    Invocation.succeed(Invocation.join(command, "--overwrite"));
  }

  private String[] words(String line) {
    return Stream.of(line.strip().split("\\s+"))
        .map(word -> word.replace("FOLDER", Invocation.name(folder)))
        .map(word -> isFile(word) ? scenes.file(word).toString() : word)
        .toArray(String[]::new);
  }

  private static boolean isFile(String word) {
    return word.matches("(\\.\\.?/.*|images|new.*|.*\\.(onnx|yaml|h5|json|partial))");
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        contents.put(file, Sha256.of(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
