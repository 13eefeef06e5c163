package io.disassembler.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written beside its target and takes the target's place when complete, so that
 * nobody ever sees half a file, and who has the old one mapped keeps it.
 */
public final class Replacement implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private @Nullable FileChannel channel;

  /**
   * Creates an empty file beside {@code target}.
   *
   * @throws IOException if the folder is missing or cannot be written to
   */
  public Replacement(Path target) throws IOException {
    this.target = target.toAbsolutePath();
    temporary =
        this.target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    Files.createFile(temporary);
  }

  /**
   * Writes {@code text} to {@code target}, whole or not at all.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes {@code bytes} to {@code target}, whole or not at all.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public static void write(Path target, byte[] bytes) {
    try (Replacement replacement = new Replacement(target)) {
      Files.write(replacement.file(), bytes);
      replacement.commit();
    } catch (IOException e) {
      throw new InvalidInputException(target + ": cannot be written: " + Reason.of(e), e);
    }
  }

  /** The file to write to. */
  public Path file() {
    return temporary;
  }

  /** The file to write to, opened once. */
  public FileChannel channel() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
    }
    return channel;
  }

  /** Puts the file, now complete, in its target's place. */
  public void commit() throws IOException {
    try (FileChannel written = channel()) {
      written.force(true);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves nothing behind if {@link #commit} was not reached. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    Files.deleteIfExists(temporary);
  }
}
