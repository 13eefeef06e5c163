package io.disassembler.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.testing.Bundled;
import io.disassembler.testing.ChildJava;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several executors of one host, which share what is unpacked there. */
class NativeLibrariesTest {
  private static final int EXECUTORS = 3;

  @TempDir private Path cache = Path.of("");

  private ProcessBuilder executor() {
    return ChildJava.program(
            List.of("-Xmx256m", "-Dorg.bytedeco.javacpp.cachedir=" + cache),
            ExecutorStart.class.getName(),
            Bundled.network().toString())
        .redirectErrorStream(true);
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text + "exit " + process.waitFor();
  }

  @Test
  void areUnpackedOnceWhoeverStartsFirst() throws IOException, InterruptedException {
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < EXECUTORS; i++) {
      started.add(executor().start());
    }
    for (Process process : started) {
      assertThat(output(process)).contains("opened ", "street.onnx").endsWith("exit 0");
    }
    try (Stream<Path> files = Files.walk(cache)) {
      assertThat(files.filter(file -> file.endsWith("libtorch_cpu.so"))).hasSize(1);
    }
  }

  @Test
  void areMissedInOneLine() throws IOException, InterruptedException {
    ProcessBuilder executor = executor();
    executor.command().replaceAll(NativeLibrariesTest::withoutNatives);

    assertThat(output(executor.start()))
        .contains(
            "libtorch is not among the libraries of this executor; add those for its platform")
        .doesNotContain("\tat ")
        .endsWith("exit 0");
  }

  private static String withoutNatives(String argument) {
    return Arrays.stream(argument.split(File.pathSeparator, -1))
        .filter(path -> !path.matches(".*/(pytorch|openblas|mkl)-[^/]*-(linux|macosx)-.*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
