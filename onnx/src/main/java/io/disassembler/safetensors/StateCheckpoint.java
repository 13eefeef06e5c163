package io.disassembler.safetensors;

import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.graph.Weight;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The states of the parts of a long run in one {@link Checkpoint}: tensors and texts. A state only
 * fits the run that it is from, by what it says that is about.
 */
public final class StateCheckpoint {
  /** Key of what a run is about. */
  public static final String RUN = "run";

  /** Ending of the file beside what is being made. */
  public static final String ENDING = ".checkpoint";

  private static final String SEPARATOR = "/";

  private final Parts parts;
  private final String part;

  private StateCheckpoint(Parts parts, String part) {
    this.parts = parts;
    this.part = part;
  }

  /** Nothing is saved. */
  public static StateCheckpoint none() {
    return in(Checkpoint.none());
  }

  /**
   * Saves to {@code OUTPUT.checkpoint} beside what is being made.
   *
   * @param resume whether to go on from the file of an earlier run, if there is one; otherwise it
   *     is replaced
   */
  public static StateCheckpoint beside(Path output, boolean resume) {
    return in(Checkpoint.beside(output, ENDING, resume));
  }

  /** Saves to a file. */
  public static StateCheckpoint in(Checkpoint file) {
    return new StateCheckpoint(new Parts(file), "state");
  }

  /** The state of another part of the run, in the same file. */
  public StateCheckpoint part(String name) {
    return new StateCheckpoint(parts, name);
  }

  /**
   * What an earlier run left of this part, if it is to be resumed.
   *
   * @param run what this run is about
   * @throws InvalidInputException if the earlier one was about something else
   */
  public Optional<SafeTensors> earlier(String run) {
    SafeTensors state = parts.states().get(part);
    if (state != null && !run.equals(state.metadata().get(RUN))) {
      throw new InvalidInputException(
          "%s: cannot be resumed: it is of another network, other images or other settings; remove it, or use what it was made with"
              .formatted(parts.file.name()));
    }
    return Optional.ofNullable(state);
  }

  /**
   * Replaces what was saved of this part before.
   *
   * @param state with what it is about in its metadata under {@link #RUN}
   */
  public void save(SafeTensors state) {
    parts.states().put(part, state);
    parts.file.save(parts::write);
  }

  /** The same, if it is time to. */
  public void offer(Supplier<SafeTensors> state) {
    parts.file.offer(
        file -> {
          parts.states().put(part, state.get());
          parts.write(file);
        });
  }

  /** Leaves this part out of what is saved from now on. */
  public void forget() {
    parts.states().remove(part);
  }

  /** What there is in it, when it cannot be understood. */
  public InvalidInputException unreadable(Throwable cause) {
    return new InvalidInputException(
        parts.file.name() + ": is no checkpoint of such a run; remove it, or begin anew",
        cause,
        Setting.RESUMPTION);
  }

  /** Forgets what was saved: to be called once what was made is safe. */
  public void remove() {
    parts.file.remove();
  }

  /** What the file holds, by part. */
  private static final class Parts {
    private final Checkpoint file;
    private @Nullable Map<String, SafeTensors> states;

    Parts(Checkpoint file) {
      this.file = file;
    }

    Map<String, SafeTensors> states() {
      if (states == null) {
        states =
            file.earlier()
                .map(SafeTensorsReader::read)
                .map(Parts::apart)
                .orElseGet(LinkedHashMap::new);
      }
      return states;
    }

    void write(Path path) {
      Map<String, Weight> weights = new LinkedHashMap<>();
      Map<String, String> texts = new LinkedHashMap<>();
      states()
          .forEach(
              (part, state) -> {
                state
                    .weights()
                    .forEach(
                        (name, weight) -> {
                          String own = part + SEPARATOR + name;
                          weights.put(own, weight.withName(own));
                        });
                state.metadata().forEach((key, text) -> texts.put(part + SEPARATOR + key, text));
              });
      SafeTensorsWriter.write(new SafeTensors(weights, texts), path);
    }

    private static Map<String, SafeTensors> apart(SafeTensors all) {
      Map<String, Map<String, Weight>> weights = new LinkedHashMap<>();
      Map<String, Map<String, String>> texts = new LinkedHashMap<>();
      all.metadata().forEach((key, text) -> split(texts, key).put(rest(key), text));
      all.weights()
          .forEach(
              (name, weight) -> split(weights, name).put(rest(name), weight.withName(rest(name))));
      Map<String, SafeTensors> states = new LinkedHashMap<>();
      texts.forEach(
          (part, own) ->
              states.put(part, new SafeTensors(weights.getOrDefault(part, Map.of()), own)));
      return states;
    }

    private static <T> Map<String, T> split(Map<String, Map<String, T>> parts, String name) {
      return parts.computeIfAbsent(
          name.substring(0, Math.max(0, name.indexOf(SEPARATOR))), part -> new LinkedHashMap<>());
    }

    private static String rest(String name) {
      return name.substring(name.indexOf(SEPARATOR) + 1);
    }
  }
}
