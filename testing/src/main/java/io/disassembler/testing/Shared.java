package io.disassembler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The read-only material next to the repository. Without it a test is skipped, but on the
 * continuous integration it fails: there, a skipped test would go unnoticed.
 */
public final class Shared {
  private Shared() {}

  /** The folder {@code shared} beside the repository's root. */
  public static Path folder() {
    Path folder =
        Path.of(System.getProperty("disassembler.root", ".")).resolve("../shared").normalize();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).isDirectory();
    }
    assumeTrue(Files.isDirectory(folder), () -> "no folder " + folder);
    return folder;
  }

  /** A network among the shared models, such as {@code unet-camvid.onnx}. */
  public static Path model(String name) {
    return folder().resolve("models").resolve(name);
  }
}
