package io.disassembler.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.StateCheckpoint;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training run stands after an epoch: all that the next one depends on.
 *
 * @param run what the run is about; a state only fits the run that it is from
 * @param reports of the epochs so far
 * @param seconds time that they took
 * @param weights the weights that training changes
 * @param optimizer what the optimizer remembers
 * @param best the weights that did best on the validation images
 */
record TrainingState(
    String run,
    List<EpochReport> reports,
    double seconds,
    Map<String, Weight> weights,
    Map<String, Weight> optimizer,
    Map<String, Weight> best) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS = "weights/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String BEST = "best/";

  TrainingState {
    reports = List.copyOf(reports);
  }

  SafeTensors toSafeTensors() {
    Map<String, Weight> all = new LinkedHashMap<>();
    put(all, WEIGHTS, weights);
    put(all, OPTIMIZER, optimizer);
    put(all, BEST, best);
    try {
      return new SafeTensors(
          all,
          Map.of(
              StateCheckpoint.RUN,
              run,
              "seconds",
              Double.toString(seconds),
              "reports",
              JSON.writeValueAsString(reports)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The state in a checkpoint.
   *
   * @throws InvalidInputException if there is none in it
   */
  static TrainingState from(SafeTensors content, StateCheckpoint checkpoint) {
    try {
      return new TrainingState(
          content.metadata().getOrDefault(StateCheckpoint.RUN, ""),
          JSON.readValue(
              content.metadata().getOrDefault("reports", ""),
              new TypeReference<List<EpochReport>>() {}),
          Double.parseDouble(content.metadata().getOrDefault("seconds", "")),
          take(content, WEIGHTS),
          take(content, OPTIMIZER),
          take(content, BEST));
    } catch (JsonProcessingException | NumberFormatException e) {
      throw checkpoint.unreadable(e);
    }
  }

  /** Adds weights under names of their own. */
  static void put(Map<String, Weight> all, String prefix, Map<String, Weight> weights) {
    weights.forEach((name, weight) -> all.put(prefix + name, weight.withName(prefix + name)));
  }

  /** What {@link #put} added. */
  static Map<String, Weight> take(SafeTensors content, String prefix) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    content
        .weights()
        .forEach(
            (name, weight) -> {
              if (name.startsWith(prefix)) {
                String own = name.substring(prefix.length());
                weights.put(own, weight.withName(own));
              }
            });
    return weights;
  }
}
