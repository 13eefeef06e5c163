package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.StateCheckpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The weights that a {@link ClosedLoop} has solved for by now, saved from time to time. */
public final class SolvedWeights {
  private final StateCheckpoint checkpoint;
  private final String run;
  private final Map<String, Weight> solved = new LinkedHashMap<>();

  private SolvedWeights(StateCheckpoint checkpoint, String run) {
    this.checkpoint = checkpoint;
    this.run = run;
  }

  /** None, and nothing is saved. */
  static SolvedWeights unsaved() {
    return new SolvedWeights(StateCheckpoint.none(), "");
  }

  /**
   * What an earlier run left, if it is to be resumed.
   *
   * @param run what the loop is about: everything that its result depends on
   * @throws io.disassembler.base.InvalidInputException if the earlier one was about something else
   */
  public static SolvedWeights in(StateCheckpoint checkpoint, String run) {
    SolvedWeights weights = new SolvedWeights(checkpoint, run);
    checkpoint.earlier(run).ifPresent(state -> weights.solved.putAll(state.weights()));
    return weights;
  }

  /** The weights of a node, solved for unless an earlier run did. */
  List<Weight> of(Refit refit, Anatomy owned, Supplier<List<Weight>> solve) {
    List<String> names =
        IntStream.of(refit.operands()).mapToObj(owned.node(refit.step())::input).toList();
    if (solved.keySet().containsAll(names)) {
      return names.stream().map(name -> Objects.requireNonNull(solved.get(name))).toList();
    }
    List<Weight> found = solve.get();
    found.forEach(weight -> solved.put(weight.name(), weight));
    checkpoint.offer(() -> new SafeTensors(solved, Map.of(StateCheckpoint.RUN, run)));
    return found;
  }
}
