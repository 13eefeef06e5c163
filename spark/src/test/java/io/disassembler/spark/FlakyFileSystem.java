package io.disassembler.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The disk as {@code flaky:///}, where reading goes wrong as a cluster does: what happens to a file
 * is up to a file beside it, {@code NAME.fails} with what is left to go wrong, one letter for each.
 * f is a failure, k the end of the Java machine, s a delay that looks like a slow host.
 */
public final class FlakyFileSystem extends RawLocalFileSystem {
  static final String ENDING = ".fails";
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
    java.nio.file.Path plan = java.nio.file.Path.of(file.toUri().getPath() + ENDING);
    switch (next(plan)) {
      case "f" -> throw new IOException(file + ": made to fail");
      case "k" -> Runtime.getRuntime().halt(137);
      case "s" -> sleep();
      default -> {}
    }
    return super.open(file, buffer);
  }

  private static synchronized String next(java.nio.file.Path plan) throws IOException {
    if (!Files.exists(plan)) {
      return "";
    }
    String left = Files.readString(plan);
    String next = left.isEmpty() ? "-" : left.substring(0, 1);
    Files.writeString(plan, left.isEmpty() ? "" : left.substring(1));
    Files.writeString(log(plan), next, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return next;
  }

  /** What happened to the file of a plan so far; - where it was simply read. */
  static java.nio.file.Path log(java.nio.file.Path plan) {
    return plan.resolveSibling(plan.getFileName() + ".log");
  }

  private static void sleep() {
    try {
      Thread.sleep(DELAY);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new java.io.InterruptedIOException("no longer wanted"));
    }
  }
}
