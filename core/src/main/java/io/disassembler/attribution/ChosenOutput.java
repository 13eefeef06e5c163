package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
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
   * @throws InvalidInputException if the network has several outputs and cannot run at these shapes
   */
  public static Network first(
      Network network, Map<String, Shape> inputs, int threads, Consumer<String> warning) {
    if (network.outputs().size() == 1) {
      return network;
    }
    Program program = Program.parse(network);
    List<Logits> spatial;
    try (Engine engine = Engine.of(program, EngineSettings.onCpu(threads))) {
      spatial = Logits.all(program, engine.probe(inputs));
    }
    if (spatial.isEmpty()) {
      return network;
    }
    String taken = spatial.get(0).output();
    warning.accept(
        "%s has the outputs %s; '%s' is taken, the first with spatial axes, and what only the others need is left out"
            .formatted(network.name(), names(network), taken));
    return named(network, taken);
  }

  private static List<String> names(Network network) {
    return network.outputs().stream().map(Value::name).toList();
  }
}
