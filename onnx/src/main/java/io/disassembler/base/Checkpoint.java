package io.disassembler.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file that long work saves its state to from time to time, so that it can be resumed when it was
 * killed. The file is always whole; it is removed when the work is done.
 */
public final class Checkpoint {
  /** Saving takes seconds at most, so a kill loses less than a minute. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** Who stops a run does so early, seeing that something is wrong. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final @Nullable Path file;
  private final boolean resume;
  private final Duration interval;
  private long next;

  private Checkpoint(@Nullable Path file, boolean resume, Duration interval) {
    this.file = file;
    this.resume = resume;
    this.interval = interval;
    next = System.nanoTime() + (interval.compareTo(FIRST) < 0 ? interval : FIRST).toNanos();
  }

  /** Nothing is saved. */
  public static Checkpoint none() {
    return new Checkpoint(null, false, INTERVAL);
  }

  /**
   * Saves to a file beside what is being made.
   *
   * @param ending of its name, behind that of {@code output}
   * @param resume whether to go on from the file of an earlier run, if there is one; otherwise it
   *     is replaced
   */
  public static Checkpoint beside(Path output, String ending, boolean resume) {
    return new Checkpoint(output.resolveSibling(output.getFileName() + ending), resume, INTERVAL);
  }

  /** The same, saved at other intervals, from the first on. */
  public Checkpoint every(Duration other) {
    return new Checkpoint(file, resume, other);
  }

  /** What an earlier run left, if it is to be resumed. */
  public Optional<Path> earlier() {
    return file != null && resume && Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** How messages call the file. */
  public String name() {
    return String.valueOf(file);
  }

  /**
   * Saves, if it is time to.
   *
   * @param writer replaces the file, whole or not at all
   */
  public void offer(Consumer<Path> writer) {
    if (System.nanoTime() - next >= 0) {
      save(writer);
    }
  }

  /** Saves now. */
  public void save(Consumer<Path> writer) {
    if (file != null) {
      writer.accept(file);
    }
    next = System.nanoTime() + interval.toNanos();
  }

  /** Forgets what was saved: to be called once what was made is safe. */
  public void remove() {
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + ": cannot be removed (" + e.getClass().getSimpleName() + "); remove it by hand",
          e);
    }
  }
}
