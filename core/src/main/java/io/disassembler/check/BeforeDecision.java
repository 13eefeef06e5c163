package io.disassembler.check;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Value;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network without the last operators of it, which turn scores into probabilities or category
 * numbers: where those are the same everywhere, they say little about what comes before.
 *
 * @param network ends with the scores
 * @param operator the decision that is left out
 */
record BeforeDecision(Network network, String operator) {

  /** Empty if the network does not end with a decision. */
  static Optional<BeforeDecision> of(Network network) {
    Map<String, Program.Step> makers = new HashMap<>();
    for (Program.Step step : Program.parse(network).steps()) {
      step.node().outputs().forEach(value -> makers.put(value, step));
    }
    String value = network.outputs().get(0).name();
    String scores = "";
    String operator = "";
    for (Program.Step maker = makers.get(value);
        maker != null && maker.operator().decision() != Decision.NONE;
        maker = makers.get(value)) {
      value = maker.node().input(0);
      if (maker.operator().decision().isMade()) {
        scores = value;
        operator = maker.node().operator();
      }
    }
    return makers.containsKey(scores)
        ? Optional.of(new BeforeDecision(ending(network, scores), operator))
        : Optional.empty();
  }

  /** The value that the decision is made from. */
  String scores() {
    return network.outputs().get(0).name();
  }

  /** What was compared. */
  String note() {
    return "compared before the final " + operator;
  }

  private static Network ending(Network network, String value) {
    Value output = new Value(value, ElementType.FLOAT, Optional.empty(), Opaque.NONE);
    return Reachable.only(
        network.toBuilder()
            .outputs(List.of(output))
            .boundary(network.boundary().withOutput(network.boundary().output().withChannels()))
            .build());
  }
}
