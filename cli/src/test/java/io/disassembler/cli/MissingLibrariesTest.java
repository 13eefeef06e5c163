package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.testing.Bundled;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where native libraries are missing, as on platforms that have none. */
class MissingLibrariesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void withoutLibtorchInspectShowsWhatNeedsNoRun() throws Exception {
    Path json = folder.resolve("network.json");

    Invocation shown = withoutLibtorch("inspect", Bundled.network(), "--json", json);

    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.err().lines())
        .singleElement()
        .asString()
        .contains("libtorch", "shapes, MACs", "docs/install.md");
    assertThat(shown.out())
        .contains("encoder4.3", "[128, 128, 3, 3]")
        .contains("493.4k parameters");
    assertThat(Files.readString(json)).contains("\"unsupported\" : { }", "\"encoder4.3\"");
  }

  @Test
  void withoutLibtorchOtherCommandsSaySoInOneLine() throws Exception {
    Path output = folder.resolve("car.onnx");

    Invocation refused =
        withoutLibtorch(
            "extract",
            Bundled.network(),
            "--images",
            Bundled.images(),
            "--categories",
            "car",
            "--output",
            output);

    assertThat(refused.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err().lines())
        .singleElement()
        .asString()
        .startsWith("disassembler: this needs libtorch, whose native library for ")
        .contains("docs/install.md");
    assertThat(output).doesNotExist();
  }

  @Test
  void withoutOnnxRuntimeEvaluateSaysSoInOneLine() throws Exception {
    Invocation refused =
        run(
            classPath(List.of()),
            List.of("-Donnxruntime.native.path=" + folder),
            "evaluate",
            Bundled.network(),
            "--images",
            Bundled.images(),
            "--limit",
            "1");

    assertThat(refused.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err().lines())
        .singleElement()
        .asString()
        .startsWith("disassembler: this needs ONNX Runtime, whose native library for ");
  }

  private Invocation withoutLibtorch(Object... arguments) throws Exception {
    return run(classPath(List.of("pytorch-", "openblas-")), List.of(), arguments);
  }

  /** The test's class path without the jars of native libraries whose names begin so. */
  private static String classPath(List<String> hidden) {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator, -1))
        .filter(
            entry -> {
              String name = String.valueOf(Path.of(entry).getFileName());
              return hidden.stream().noneMatch(name::startsWith)
                  || !name.matches(".*-(linux|macosx|windows)-.*\\.jar");
            })
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Invocation run(String classPath, List<String> options, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int code =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Invocation(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
