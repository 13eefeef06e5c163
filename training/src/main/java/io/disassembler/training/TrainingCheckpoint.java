package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.SafeTensorsReader;
import io.disassembler.safetensors.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the state of a training run is saved now and then, so that a run that was killed can be
 * resumed. The file is always whole.
 */
public final class TrainingCheckpoint {
  /** Key of what a run is about; a state only fits the run that it is from. */
  static final String RUN = "run";

  private final @Nullable Path file;
  private final boolean resume;

  private TrainingCheckpoint(@Nullable Path file, boolean resume) {
    this.file = file;
    this.resume = resume;
  }

  /** Nothing is saved. */
  public static TrainingCheckpoint none() {
    return new TrainingCheckpoint(null, false);
  }

  /**
   * Saves to {@code OUTPUT.checkpoint} beside the network that is being trained.
   *
   * @param resume whether to go on from the file of an earlier run, if there is one; otherwise it
   *     is replaced
   */
  public static TrainingCheckpoint beside(Path output, boolean resume) {
    return new TrainingCheckpoint(
        output.resolveSibling(output.getFileName() + ".checkpoint"), resume);
  }

  /**
   * What an earlier run left, if it is to be resumed.
   *
   * @param run what this run is about
   * @throws InvalidInputException if the earlier one was about something else
   */
  Optional<SafeTensors> earlier(String run) {
    if (file == null || !resume || !Files.exists(file)) {
      return Optional.empty();
    }
    SafeTensors state = SafeTensorsReader.read(file);
    if (!run.equals(state.metadata().get(RUN))) {
      throw new InvalidInputException(
          "%s: cannot be resumed: it is of another network, other images or other settings; remove it, or use what it was made with"
              .formatted(file));
    }
    return Optional.of(state);
  }

  /**
   * Replaces what was saved before.
   *
   * @param state with what it is about in its metadata under {@link #RUN}
   */
  void save(SafeTensors state) {
    if (file != null) {
      SafeTensorsWriter.write(state, file);
    }
  }

  /** What there is in it, when it cannot be understood. */
  InvalidInputException unreadable(Throwable cause) {
    return new InvalidInputException(
        file + ": is no checkpoint of training; remove it, or begin anew",
        cause,
        Setting.RESUMPTION);
  }

  /** Forgets what was saved: to be called once the network itself is safe. */
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
