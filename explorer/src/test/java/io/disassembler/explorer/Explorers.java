package io.disassembler.explorer;

import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Replay;
import io.disassembler.explorer.work.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The street, profiled once for all tests. */
final class Explorers {
  static final Limits LIMITS = new Limits(1_000_000, 4_000_000);

  private Explorers() {}

  /** What the tests explore. */
  static Subject street() {
    return Holder.STREET;
  }

  /** An explorer of the street on this machine. */
  static Explorer start() {
    return start("localhost");
  }

  static Explorer start(String host) {
    Replay replay = (model, name) -> "make " + name + " again from " + model;
    return Explorer.start(
        street(), new ExplorerSettings(host, 0, 4, 14, LIMITS, replay), (done, total) -> {});
  }

  private static final class Holder {
    static final Subject STREET = Street.in(folder());

    private static Path folder() {
      try {
        // Under target, where CI and people can look at it.
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "street");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
