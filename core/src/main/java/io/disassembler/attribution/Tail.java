package io.disassembler.attribution;

import io.disassembler.engine.Probe;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Program;
import io.disassembler.operator.Weighted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The last nodes of a network: all that is computed from one value, and from constants, up to its
 * scores.
 *
 * @param from the value that they start at, N x K x h x w
 * @param scores what they make, N x C x H x W, or with a depth before the height
 * @param steps in the network's order
 * @param decides whether any of them does more than pick and interpolate
 */
record Tail(String from, String scores, List<Program.Step> steps, boolean decides) {
  /** Longer ones are no spelling of a decision. */
  private static final int MOST_STEPS = 40;

  /**
   * The tails before which no layer with weights comes, the shortest first.
   *
   * @param scores the value that they end with
   */
  static List<Tail> of(Program program, Probe probe, String scores) {
    Map<String, Integer> makers = new HashMap<>();
    for (int step = 0; step < program.steps().size(); step++) {
      int maker = step;
      program.steps().get(step).node().outputs().forEach(value -> makers.put(value, maker));
    }
    List<Tail> tails = new ArrayList<>();
    List<Program.Step> steps = new ArrayList<>();
    TreeSet<String> open =
        new TreeSet<>(
            Comparator.<String, Integer>comparing(value -> makers.getOrDefault(value, -1))
                .thenComparing(Comparator.naturalOrder()));
    open.add(scores);
    while (steps.size() < MOST_STEPS) {
      String last = open.last();
      Integer maker = makers.get(last);
      if (maker == null || program.steps().get(maker).operator() instanceof Weighted) {
        break;
      }
      Program.Step step = program.steps().get(maker);
      open.removeAll(step.node().outputs());
      steps.add(0, step);
      for (String input : step.node().inputs()) {
        if (isComputed(program, probe, input)) {
          open.add(input);
        }
      }
      if (open.isEmpty()) {
        break;
      }
      if (open.size() == 1 && isMaps(probe, open.first(), scores)) {
        boolean decides = steps.stream().anyMatch(Tail::decides);
        tails.add(new Tail(open.first(), scores, List.copyOf(steps), decides));
      }
    }
    return tails;
  }

  /** Its nodes that alone lead from one value to the next and only pick or interpolate. */
  List<Program.Step> moves(Probe probe) {
    return steps.stream()
        .filter(step -> step.operator().decision() == Decision.MOVED)
        .filter(step -> isMaps(probe, step.node().input(0), scores))
        .filter(
            step ->
                probe.shape(step.node().input(0)).dimension(1)
                    == probe.shape(step.node().outputs().get(0)).dimension(1))
        .toList();
  }

  /** Whether depth, height and width change only where {@link #moves} says so. */
  boolean keepsPlaces(Probe probe) {
    List<Program.Step> moves = moves(probe);
    for (Program.Step step : steps) {
      String input = step.node().inputs().isEmpty() ? "" : step.node().input(0);
      String output = step.node().outputs().get(0);
      if (!moves.contains(step) && isMaps(probe, input, scores) && isMaps(probe, output, scores)) {
        Shape before = probe.shape(input);
        Shape after = probe.shape(output);
        if (!before.with(1, after.dimension(1)).equals(after.with(0, before.dimension(0)))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean decides(Program.Step step) {
    Decision decision = step.operator().decision();
    return decision == Decision.NONE || decision.isMade();
  }

  /** Sizes and indices that are computed steer; they carry no scores. */
  private static boolean isComputed(Program program, Probe probe, String value) {
    return !value.isEmpty()
        && !program.network().weights().containsKey(value)
        && probe.shapes().containsKey(value)
        && probe.type(value).isFloating();
  }

  /** Whether a value has the axes of the scores. */
  private static boolean isMaps(Probe probe, String value, String scores) {
    return probe.shapes().containsKey(value)
        && probe.shape(value).rank() == probe.shape(scores).rank();
  }
}
