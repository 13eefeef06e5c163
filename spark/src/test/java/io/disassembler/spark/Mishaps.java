package io.disassembler.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What will happen to a file when it is read, one letter for each time: f is a failure, k the end
 * of the Java machine, s a delay that looks like a slow host. In a file beside it.
 */
record Mishaps(Path file) {

  /** Makes them happen. */
  Mishaps plan(String letters) throws IOException {
    Files.writeString(beside(".plan"), letters);
    return this;
  }

  /** What happens next; - if the file is simply read, empty if nothing was ever planned. */
  String next() throws IOException {
    Path plan = beside(".plan");
    if (!Files.exists(plan)) {
      return "";
    }
    String left = Files.readString(plan);
    String next = left.isEmpty() ? "-" : left.substring(0, 1);
    Files.writeString(plan, left.isEmpty() ? "" : left.substring(1));
    Files.writeString(beside(".log"), next, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return next;
  }

  /** What happened so far. */
  String happened() throws IOException {
    return Files.readString(beside(".log"));
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
