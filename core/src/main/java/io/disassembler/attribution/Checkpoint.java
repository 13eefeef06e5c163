package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an unfinished profile is saved from time to time, so that a run that was killed can be
 * resumed. The file is always whole; it is removed when the run is done.
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

  Checkpoint(@Nullable Path file, boolean resume, Duration interval) {
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
   * Saves to {@code OUTPUT.partial} beside the profile that is being made.
   *
   * @param resume whether to go on from the file of an earlier run, if there is one; otherwise it
   *     is replaced
   */
  public static Checkpoint beside(Path output, boolean resume) {
    return new Checkpoint(partial(output), resume, INTERVAL);
  }

  static Path partial(Path output) {
    return output.resolveSibling(output.getFileName() + ".partial");
  }

  /** What an earlier run left, if it is to be resumed. */
  Optional<Profile> earlier() {
    return file != null && resume && Files.exists(file)
        ? Optional.of(ProfileFile.read(file))
        : Optional.empty();
  }

  /** How messages call the file. */
  String name() {
    return String.valueOf(file);
  }

  /** Saves, if it is time to. */
  void offer(ProfileAccumulator sum) {
    if (file != null && System.nanoTime() - next >= 0) {
      ProfileFile.write(sum.toProfile(), file);
      next = System.nanoTime() + interval.toNanos();
    }
  }

  /** Forgets what was saved: to be called once the profile itself is safe. */
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
