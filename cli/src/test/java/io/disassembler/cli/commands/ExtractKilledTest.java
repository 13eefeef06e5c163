package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.cli.Invocation;
import io.disassembler.cli.Main;
import io.disassembler.testing.Bundled;
import io.disassembler.testing.ChildJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code extract} is really killed, as soon as it has saved something and once more later: while it
 * profiles, and while it recovers or trains.
 */
class ExtractKilledTest {
  private static final int KILLS = 2;

  private final Path folder;
  private final Path output;

  ExtractKilledTest(@TempDir Path folder) {
    this.folder = folder;
    output = folder.resolve("car.onnx");
  }

  @Test
  void endsWithTheSameBytesWhenItGoesOn() throws Exception {
    Path straight = folder.resolve("straight.onnx");
    Invocation.succeed(extract(straight));

    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(extract(output));
      boolean saved = false;
      while (!saved && process.isAlive()) {
        Thread.sleep(5);
        saved = Files.exists(left(".checkpoint")) || (kill == 0 && Files.exists(left(".partial")));
      }
      assertThat(process.isAlive()).as("saved before it was done").isTrue();
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(137);
      assertThat(output).doesNotExist();
    }

    assertThat(start(extract(output)).waitFor()).isZero();
    assertThat(output).hasSameBinaryContentAs(straight);
    assertThat(left(".checkpoint")).doesNotExist();
    assertThat(left(".partial")).doesNotExist();
  }

  private Path left(String ending) {
    return output.resolveSibling(output.getFileName() + ending);
  }

  private static Object[] extract(Path output) {
    return new Object[] {
      "extract",
      Bundled.network(),
      "--images",
      Bundled.images(),
      "--categories",
      "car,person",
      "--keep-macs",
      "0.4",
      "--recovery",
      "tuned",
      "--calibrate",
      "16",
      "--steps",
      "20",
      "--threads",
      "2",
      "--resume",
      "--output",
      output
    };
  }

  private static Process start(Object[] arguments) throws IOException {
    return ChildJava.start(
        List.of("-Xmx1g"),
        Main.class.getName(),
        Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
  }
}
