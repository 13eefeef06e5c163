package io.disassembler.training;

import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.graph.Network;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A network that is to be trained.
 *
 * @param program the network, constants folded
 * @param input its image, at the size to train at
 * @param card what its categories are called and how images become its input
 * @param logits the maps that decide, N x K x h x w
 * @param auxiliary graph outputs that only help training; they are left out of the result
 * @param threads that it is run with
 * @param export what is made of the trained network before it is handed out
 */
public record Trainee(
    Program program,
    NetworkInput input,
    NetworkCard card,
    String logits,
    List<String> auxiliary,
    int threads,
    UnaryOperator<Network> export) {

  public Trainee {
    requireImages(input, program.network().name());
    auxiliary = List.copyOf(auxiliary);
  }

  /**
   * A network to train.
   *
   * @param anatomy the network taken apart at the shape of {@code input}
   * @throws UnattainableException if it has only one category
   * @throws InvalidInputException if it has no spatial output, or another number of categories than
   *     the card
   */
  public static Trainee of(
      Anatomy anatomy, NetworkInput input, NetworkCard card, List<String> auxiliary) {
    Logits logits = Logits.of(anatomy);
    String name = anatomy.network().name();
    if (logits.categories() < 2) {
      throw new UnattainableException(
          "%s: output '%s' has one category; training needs at least two, such as 'other' and the category"
              .formatted(name, logits.output()));
    }
    if (card.independent()) {
      throw new UnattainableException(
          "%s: its categories are independent (several may be at one pixel); training knows only categories that exclude each other"
              .formatted(name));
    }
    if (card.categories().size() != logits.categories()) {
      throw new InvalidInputException(
          "%s: the card names %d categories, but output '%s' has %d"
              .formatted(name, card.categories().size(), logits.output(), logits.categories()));
    }
    return new Trainee(
        anatomy.program(),
        input,
        card,
        logits.source(),
        auxiliary,
        anatomy.threads(),
        UnaryOperator.identity());
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
    return new Trainee(program, input, card, logits, auxiliary, threads, other);
  }

  /** The same with more nodes. */
  Trainee with(Program other) {
    return new Trainee(other, input, card, logits, auxiliary, threads, export);
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

  /** What is handed out: the network with other weights, by name, without auxiliary outputs. */
  Network with(Map<String, Weight> weights) {
    Network network = program.network();
    Network.Builder builder = network.toBuilder();
    weights.values().forEach(builder::weight);
    Network trained =
        builder
            .outputs(
                network.outputs().stream()
                    .filter(output -> !auxiliary.contains(output.name()))
                    .toList())
            .build();
    return export.apply(Reachable.only(trained));
  }
}
