package io.disassembler.training;

import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.operator.Program;
import io.disassembler.operator.Trained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as it is while it is trained.
 *
 * @param program the same network with operators such as BatchNormalization in training mode
 * @param learned the weights that training adjusts, in the order of the nodes that read them
 * @param updates running statistics: for each stored weight the value that it takes after a step
 */
record TrainingForm(Program program, Set<String> learned, Map<String, String> updates) {

  TrainingForm {
    learned = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(learned));
    updates = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(updates));
  }

  /**
   * The training form of {@code program}.
   *
   * @param normalization what becomes of normalisations
   */
  static TrainingForm of(Program program, Normalization normalization) {
    Network network = program.network();
    Set<String> learned = new LinkedHashSet<>();
    Map<String, String> updates = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Program.Step step : program.steps()) {
      Node node = step.node();
      if (!(step.operator() instanceof Trained operator)) {
        nodes.add(node);
        continue;
      }
      for (int input = 0; input < node.inputs().size(); input++) {
        String name = node.input(input);
        if (operator.learns(input)
            && network.weight(name).filter(weight -> weight.type().isFloating()).isPresent()) {
          learned.add(name);
        }
      }
      Node trained =
          normalization == Normalization.FROZEN
              ? node
              : operator.inTraining(node, network.opsets().getOrDefault(node.domain(), 1L));
      if (!trained.equals(node)) {
        operator
            .updates()
            .forEach(
                (input, output) -> updates.put(node.input(input), trained.outputs().get(output)));
      }
      nodes.add(trained);
    }
    return new TrainingForm(
        Program.parse(network.toBuilder().nodes(nodes).build()), learned, updates);
  }
}
