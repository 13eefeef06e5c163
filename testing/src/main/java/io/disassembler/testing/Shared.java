package io.disassembler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The read-only material in the folder {@code shared} next to the repository; {@code
 * scripts/test-material} makes the public part of it. A test is skipped without what it needs, but
 * on the continuous integration it fails: there, a skipped test would go unnoticed.
 */
public final class Shared {
  private Shared() {}

  /** A file or folder, such as {@code camvid}. */
  public static Path file(String name) {
    Path file = repository().resolve("../shared").resolve(name).normalize();
    if (isContinuousIntegration()) {
      assertThat(file).exists();
    }
    assumeTrue(Files.exists(file), () -> "there is no " + file);
    return file;
  }

  /** A network among the models, such as {@code unet-camvid.onnx}. */
  public static Path model(String name) {
    return file("models").resolve(name);
  }

  /** All networks among the models; none, but on the continuous integration, without them. */
  public static List<Path> models() throws IOException {
    Path folder = repository().resolve("../shared/models").normalize();
    if (!isContinuousIntegration() && !Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  /** A file or folder for work that is done without it too, also on the continuous integration. */
  public static Optional<Path> optional(String name) {
    Path file = repository().resolve("../shared").resolve(name).normalize();
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** The root of the repository. */
  static Path repository() {
    return Path.of(System.getProperty("disassembler.root", "."));
  }

  private static boolean isContinuousIntegration() {
    return "true".equals(System.getenv("CI"));
  }
}
