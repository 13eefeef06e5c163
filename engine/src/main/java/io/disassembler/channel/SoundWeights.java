package io.disassembler.channel;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Affine;
import io.disassembler.operator.Normalizing;
import io.disassembler.operator.Operator;
import io.disassembler.operator.Program;
import io.disassembler.operator.Trained;
import java.util.List;
import java.util.Optional;

/**
 * Refuses networks whose trained weights are no numbers: they would pass through every sum and
 * product, and attribution and recovery would come out as nonsense without a word. Constants that
 * nothing trained may be infinite, as masks are.
 */
final class SoundWeights {
  private SoundWeights() {}

  /**
   * Looks at every weight that training learns, and at every normalisation by stored statistics.
   *
   * @throws InvalidInputException if one is not finite; names the node, the weight and the channel
   */
  static void require(Program program) {
    Network network = program.network();
    for (Program.Step step : program.steps()) {
      Node node = step.node();
      List<Optional<Weight>> operands = node.inputs().stream().map(network::weight).toList();
      for (int input = 0; input < operands.size(); input++) {
        if (operands.get(input).isPresent() && isLearned(step.operator(), input)) {
          requireFinite(operands.get(input).get(), node, network);
        }
      }
      if (step.operator() instanceof Normalizing normalization && areFloats(operands)) {
        normalization.affine(operands).ifPresent(affine -> requireFinite(affine, node, network));
      }
    }
  }

  /** Statistics of other types, which only generated networks have here, are taken as they are. */
  private static boolean areFloats(List<Optional<Weight>> operands) {
    return operands.stream()
        .flatMap(Optional::stream)
        .allMatch(weight -> weight.type() == ElementType.FLOAT);
  }

  private static boolean isLearned(Operator operator, int input) {
    return operator instanceof Trained trained && trained.learns(input);
  }

  private static void requireFinite(Weight weight, Node node, Network network) {
    if (weight.type() != ElementType.FLOAT) {
      return;
    }
    float[] values = weight.floats();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            "%s: node '%s' (%s): weight '%s' %s holds %s at element %d; expected finite numbers: the file is damaged, or training had diverged before it was exported"
                .formatted(
                    network.name(),
                    node.label(),
                    node.operator(),
                    weight.name(),
                    weight.shape(),
                    values[i],
                    i));
      }
    }
  }

  private static void requireFinite(Affine affine, Node node, Network network) {
    for (int channel = 0; channel < affine.slope().length; channel++) {
      if (!Double.isFinite(affine.slope()[channel])
          || !Double.isFinite(affine.intercept()[channel])) {
        throw new InvalidInputException(
            "%s: node '%s' (%s): the statistics %s of channel %d make it multiply by %s and add %s; expected finite numbers, so a variance that with epsilon is above 0"
                .formatted(
                    network.name(),
                    node.label(),
                    node.operator(),
                    node.inputs().subList(1, node.inputs().size()),
                    channel,
                    affine.slope()[channel],
                    affine.intercept()[channel]));
      }
    }
  }
}
