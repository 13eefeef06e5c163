package io.disassembler.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {

  @Test
  void isSaidWithoutTypes(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Files.createDirectory(folder.resolve("full"));
    Files.createFile(folder.resolve("full").resolve("inside"));

    assertThat(of(() -> Files.readString(folder.resolve("absent"))))
        .isEqualTo("no such file or folder");
    assertThat(of(() -> Files.createDirectories(file))).isEqualTo("a file is in the way");
    assertThat(of(() -> Files.delete(folder.resolve("full")))).isEqualTo("the folder is not empty");
    assertThat(of(() -> Files.writeString(file.resolve("inside"), "x")))
        .isEqualTo("Not a directory");
    assertThat(Reason.of(new FileSystemException("f", null, "Disk quota exceeded")))
        .isEqualTo("Disk quota exceeded");
    assertThat(Reason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reason.of(new IOException())).isEqualTo("IOException");
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static String of(Attempt attempt) {
    return Reason.of(catchThrowableOfType(IOException.class, attempt::run));
  }
}
