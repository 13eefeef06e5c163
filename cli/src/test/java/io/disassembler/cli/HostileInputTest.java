package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.PixelLimit;
import io.disassembler.testing.ReportPage;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small inputs that once went wrong: one line that names what is wrong, exit code 2, no file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileInputTest {
  private static final int LONGEST_LINE = 600;

  private Path folder = Path.of("");
  private Path cases = Path.of("");

  @BeforeAll
  void draw(@TempDir Path temporary) throws IOException {
    folder = temporary;
    cases = Shared.file("cases");
    Scenes.in(folder);
  }

  @AfterEach
  void setLimitBack() {
    System.clearProperty(PixelLimit.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inspect CASES/extra-output.onnx  | node 'h' (Conv) | no more than 1 outputs",
        "inspect CASES/node1435.onnx      | node1435.onnx | expected",
        "inspect CASES/node2760.onnx      | node2760.onnx | say input.layout",
        "inspect CASES/node28476.onnx     | node28476.onnx | expected",
        "inspect CASES/node4963.onnx      | node4963.onnx | expected",
        "inspect CASES/nan-weight.onnx    | weight ' | NaN",
        "check CASES/nan-weight.onnx      | weight ' | NaN",
        "profile CASES/nan-weight.onnx --images images -o new.h5 | weight ' | NaN",
        "inspect CASES/bn-var0.onnx       | BatchNormalization | variance",
        "inspect CASES/dim0.onnx          | input 'image' | of at least 1",
        "inspect CASES/dim-60000.onnx     | input 'image' | at most",
        "inspect CASES/pad-oom.onnx       | pad-oom.onnx: node | beyond any memory",
        "inspect CASES/basic.onnx --max-pixels 100        | basic.onnx | (--max-pixels)",
        "check CASES/basic.onnx --card CASES/card-size.yaml | basic.onnx | at most",
        "extract CASES/basic.onnx --plan CASES/pl_model_none.onnx --images images -o new.onnx | pl_model_none.onnx | it has no model",
        "extract CASES/basic.onnx -c 1 --profile CASES/h5-oom.profile.h5 -o new.onnx | h5-oom.profile.h5 | profile the model again",
        "train unet --images images --masks masks --card model.yaml --weights CASES/st-wrap.safetensors -o new.onnx | st-wrap.safetensors | tensor",
      })
  void isRefusedInOneLine(String line, String where, String what) {
    Invocation refused = Invocation.of((Object[]) words(line));

    assertThat(refused.code()).as(refused.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err().lines().filter(said -> !said.startsWith("WARN ")))
        .singleElement()
        .asString()
        .startsWith("disassembler: ")
        .contains(where, what)
        .doesNotContain("Exception", "internal error", "io.disassembler")
        .hasSizeLessThan(LONGEST_LINE);
    assertThat(Files.exists(folder.resolve("new.onnx"))).isFalse();
  }

  @Test
  void namesAreShownAndNeverInterpreted() throws IOException {
    Path card =
        Files.writeString(
            folder.resolve("hostile.yaml"),
            "categories: [\"\\e[2Jcar\", \"\\e]0;t\\a\", \"two\\nlines\"]\nmasks: {ignore: [255]}\n");

    Invocation evaluate =
        Invocation.succeed(
            "evaluate",
            folder.resolve("model.onnx"),
            "--card",
            card,
            "--images",
            folder.resolve("images"),
            "--masks",
            folder.resolve("masks"),
            "--no-latency");

    assertThat(evaluate.out() + evaluate.err())
        .contains("\uFFFD[2Jcar", "two lines")
        .doesNotContain("\u001B", "\u0007");
  }

  @Test
  void namesWithMarkupAreText() throws Exception {
    Path page = folder.resolve("hostile.html");
    Path model = cases.resolve("hostile-names.onnx");

    Invocation inspect = Invocation.succeed("inspect", model);
    Invocation.succeed(
        "evaluate", model, "--images", folder.resolve("images"), "--no-latency", "--report", page);

    assertThat(inspect.out() + inspect.err()).doesNotContain("\u001B");
    ReportPage report = ReportPage.of(Files.readString(page));
    report.requireSelfContained();
    assertThat(report.text()).contains("<img src=x onerror=alert(1)>");
  }

  private String[] words(String line) {
    return Stream.of(line.strip().split("\\s+"))
        .map(word -> word.replace("CASES", cases.toString()))
        .map(
            word ->
                word.matches("images|masks|model.yaml|new.*") ? folder.resolve(word) + "" : word)
        .toArray(String[]::new);
  }
}
