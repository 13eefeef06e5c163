package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Network;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.operator.Program;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Settles which output of a network counts. Networks that were trained with auxiliary heads have
 * several; what only the others need is left out, so that nothing is measured, learned or cut
 * there.
 */
public final class ChosenOutput {
  /** Of N x queries x categories. */
  private static final int QUERY_RANK = 3;

  /** As Ultralytics writes it. */
  private static final String TASK = "task";

  private static final String INSTANCES = "segment";

  private ChosenOutput() {}

  /**
   * {@code network} with one output and what it takes.
   *
   * @throws InvalidInputException if there is no output of that name
   */
  public static Network named(Network network, String output) {
    Value chosen =
        network.outputs().stream()
            .filter(value -> value.name().equals(output))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s: there is no output '%s'; expected one of %s"
                            .formatted(network.name(), output, names(network)),
                        Setting.OUTPUT));
    return Reachable.only(network.toBuilder().outputs(List.of(chosen)).build());
  }

  /**
   * {@code network} with the first output that has spatial axes and what it takes; itself if it has
   * one output, or none with spatial axes.
   *
   * @param inputs shape of each graph input, NCHW
   * @param threads to run it with, to see its shapes; at least 1
   * @param warning told, in one line, which of several was taken
   * @throws InvalidInputException if the network has several outputs and cannot run at these
   *     shapes, or its masks are about single objects, not categories
   */
  public static Network first(
      Network network, Map<String, Shape> inputs, int threads, Consumer<String> warning) {
    if (network.outputs().size() == 1) {
      return network;
    }
    Program program = Program.parse(network);
    Probe probe;
    try (Engine engine = Engine.of(program, EngineSettings.onCpu(threads))) {
      probe = engine.probe(inputs);
    }
    List<Logits> spatial = Logits.all(program, probe);
    if (spatial.isEmpty()) {
      return network;
    }
    requireCategories(network, probe, spatial.get(0));
    String taken = spatial.get(0).output();
    warning.accept(
        "%s has the outputs %s; '%s' is taken, the first with spatial axes, and what only the others need is left out"
            .formatted(network.name(), names(network), taken));
    return named(network, taken);
  }

  /** Refuses masks each of which is about an object, whose category another output says. */
  private static void requireCategories(Network network, Probe probe, Logits logits) {
    if (INSTANCES.equals(network.metadata().get(TASK))) {
      throw new InvalidInputException(
          "%s: finds single objects (its metadata says '%s: %s'), and output '%s' has maps that their masks are made of, none of a category; expected a network for semantic segmentation"
              .formatted(network.name(), TASK, INSTANCES, logits.output()));
    }
    for (Value other : network.outputs()) {
      Shape shape = probe.shape(other.name());
      if (shape.rank() == QUERY_RANK
          && logits.categories() > 1
          && shape.dimension(1) == logits.categories()) {
        throw new InvalidInputException(
            "%s: output '%s' has a mask for each of %d queries, and output '%s' says of which category each is (MaskFormer and its kin); expected a map for each category, so such a network cannot be cut by categories"
                .formatted(network.name(), logits.output(), logits.categories(), other.name()));
      }
    }
  }

  private static List<String> names(Network network) {
    return network.outputs().stream().map(Value::name).toList();
  }
}
