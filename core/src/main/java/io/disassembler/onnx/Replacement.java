package io.disassembler.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is written beside its target and takes the target's place when complete, so that
 * nobody ever sees half a file, and who has the old one mapped keeps it.
 */
final class Replacement implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;

  Replacement(Path target) throws IOException {
    this.target = target;
    temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  FileChannel channel() {
    return channel;
  }

  void commit() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves nothing behind if {@link #commit} was not reached. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
