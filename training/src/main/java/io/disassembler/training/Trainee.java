package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network that is to be trained.
 *
 * @param program the network, constants folded, with what makes its logits if it does not
 * @param input its image, at the size to train at
 * @param card what its categories are called and how images become its input
 * @param logits the maps that decide, N x K x h x w
 * @param auxiliary graph outputs that the loss looks at besides
 * @param results the graph outputs of what is handed out; the others only help training
 * @param threads that it is run with
 * @param export what is made of the trained network before it is handed out
 */
public record Trainee(
    Program program,
    NetworkInput input,
    NetworkCard card,
    String logits,
    List<String> auxiliary,
    List<String> results,
    int threads,
    UnaryOperator<Network> export) {

  public Trainee {
    requireImages(input, program.network().name());
    auxiliary = List.copyOf(auxiliary);
    results = List.copyOf(results);
  }

  /**
   * A network to train.
   *
   * @param anatomy the network taken apart at the shape of {@code input}
   * @throws UnattainableException if categories are independent and their logits are not known
   * @throws InvalidInputException if it has no spatial output, or another number of categories than
   *     the card
   */
  public static Trainee of(
      Anatomy anatomy, NetworkInput input, NetworkCard card, List<String> auxiliary) {
    Logits logits = Logits.of(anatomy);
    String name = anatomy.network().name();
    requireLogits(logits, card, name);
    if (card.categories().size() != logits.categories()) {
      throw new InvalidInputException(
          "%s: the card names %d categories, but output '%s' has %d"
              .formatted(name, card.categories().size(), logits.output(), logits.categories()));
    }
    return new Trainee(
        logits.added().isEmpty() ? anatomy.program() : puttingOut(logits, anatomy),
        input,
        card,
        logits.value(),
        auxiliary,
        anatomy.network().outputs().stream()
            .map(Value::name)
            .filter(output -> !auxiliary.contains(output))
            .toList(),
        anatomy.threads(),
        UnaryOperator.identity());
  }

  /** Logits that the network does not make itself are an output, so that nobody drops them. */
  private static Program puttingOut(Logits logits, Anatomy anatomy) {
    ElementType type = anatomy.probe().type(logits.source());
    return Program.parse(
        logits.program(anatomy).network().toBuilder()
            .output(new Value(logits.value(), type, List.of()).withoutDimensions())
            .build());
  }

  /**
   * Refuses independent categories whose logits are not known.
   *
   * @param network for the message
   */
  static void requireLogits(Logits logits, NetworkCard card, String network) {
    if (card.independent()
        && logits.range().isPresent()
        && !logits.rule().equals(Optional.of(DecisionRule.INDEPENDENT))) {
      throw new UnattainableException(
          "%s: output '%s' is about probabilities of independent categories, but found no sigmoids that make it; training needs their logits: export the network without what comes after them"
              .formatted(network, logits.output()));
    }
  }

  /**
   * Refuses volumes.
   *
   * @param network for the message
   */
  static void requireImages(NetworkInput input, String network) {
    if (input.size().volume()) {
      throw new UnattainableException(
          "%s: takes volumes; networks of images only are trained, so there is no tuned recovery and no finetuning"
              .formatted(network));
    }
  }

  /** An engine for the network as it is before training, with all threads for one run. */
  Engine engine(String device) {
    return Engine.of(program, EngineSettings.onCpu(threads).on(device));
  }

  /** The same for members of a crew. */
  Engine engine(Crew crew, String device) {
    return Engine.of(program, crew.settings().on(device));
  }

  /** The same, to be handed out as {@code other} makes it. */
  public Trainee exportedBy(UnaryOperator<Network> other) {
    return new Trainee(program, input, card, logits, auxiliary, results, threads, other);
  }

  /** The same with more nodes. */
  Trainee with(Program other) {
    return new Trainee(other, input, card, logits, auxiliary, results, threads, export);
  }

  /** What is decided at a pixel. */
  DecisionScores decisions() {
    return decisions(card);
  }

  /** The same of any network with this card. */
  static DecisionScores decisions(NetworkCard card) {
    return DecisionScores.ofAll(card.categories().size(), card.independent());
  }

  /** The values that the loss looks at. */
  List<String> heads() {
    List<String> heads = new ArrayList<>(List.of(logits));
    heads.addAll(auxiliary);
    return heads;
  }

  /** Images in one run that the file fixes; 0 if it leaves that open. */
  int fixedBatch() {
    return NetworkInput.fixedBatch(program.network());
  }

  /** What is handed out: the network with other weights, by name. */
  Network with(Map<String, Weight> weights) {
    Network network = program.network();
    Network.Builder builder = network.toBuilder();
    weights.values().forEach(builder::weight);
    Network trained =
        builder
            .outputs(
                network.outputs().stream()
                    .filter(output -> results.contains(output.name()))
                    .toList())
            .build();
    return export.apply(Reachable.only(trained));
  }
}
