package io.disassembler.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The disk as {@code flaky:///}, where reading goes wrong as it does in a cluster: {@link Mishaps}.
 */
public final class FlakyFileSystem extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("flaky:///");
  private static final long DELAY = 60_000;

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    switch (new Mishaps(java.nio.file.Path.of(file.toUri().getPath())).next()) {
      case "f" -> throw new IOException(file + ": made to fail");
      case "k" -> Runtime.getRuntime().halt(137);
      case "s" -> sleep();
      default -> {}
    }
    return super.open(file, buffer);
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(DELAY);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("no longer wanted");
    }
  }
}
