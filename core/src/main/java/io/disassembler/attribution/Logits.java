package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.DecisionRule;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a network's logits are.
 *
 * @param output the graph output that the logits decide
 * @param value the logits, N x K x H x W or N x K x D x H x W: the output itself, what a decision
 *     before it reads, or what {@link #program} makes of it
 * @param categories K; with 1 the logit says yes or no (sigmoid), with more they compete (softmax)
 *     or each says yes or no
 * @param range where the output is about probabilities, between which numbers it lies; empty where
 *     it is the logits themselves
 * @param rule how several categories are decided, if the graph shows it
 * @param source the value of the network itself that the logits are, or are made of
 * @param added what makes them, if the network does not
 */
public record Logits(
    String output,
    String value,
    int categories,
    Optional<Interval> range,
    Optional<DecisionRule> rule,
    String source,
    Optional<LogitNodes> added) {
  private static final double EVEN_ODDS = 0.5;

  /** Logits that the network makes and puts out. */
  Logits(String output, String value, int categories) {
    this(output, value, categories, Optional.empty(), Optional.empty(), value, Optional.empty());
  }

  /**
   * The output above which a category is there that does not compete with others: 0 for a logit,
   * one half for a probability.
   */
  public double threshold() {
    return threshold(EVEN_ODDS);
  }

  /**
   * The output at which a category that does not compete with others has a probability.
   *
   * @param probability in (0, 1)
   */
  public double threshold(double probability) {
    return range
        .map(ends -> ends.low() + probability * (ends.high() - ends.low()))
        .orElseGet(() -> Math.log(probability / (1 - probability)));
  }

  /**
   * The logits behind the first output that has any.
   *
   * @throws InvalidInputException if no output has spatial axes
   */
  public static Logits of(Anatomy anatomy) {
    return all(anatomy.program(), anatomy.probe()).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: the model has no spatial output: expected one of shape %s, found %s; segmentation networks only"
                        .formatted(
                            anatomy.network().name(),
                            expected(anatomy),
                            anatomy.network().outputs().stream()
                                .map(output -> describe(anatomy, output.name()))
                                .collect(Collectors.joining(", ")))));
  }

  /** The logits behind every output that has any, in the order of the outputs. */
  static List<Logits> all(Program program, Probe probe) {
    List<Logits> all = new ArrayList<>();
    for (Value output : program.network().outputs()) {
      Logits found = find(program, probe, output.name());
      if (found != null) {
        all.add(found);
      }
    }
    return all;
  }

  /**
   * The logits behind one output.
   *
   * @throws InvalidInputException if there is no such output, or it has no spatial axes
   */
  public static Logits of(Anatomy anatomy, String output) {
    String network = anatomy.network().name();
    if (!anatomy.network().isOutput(output)) {
      throw new InvalidInputException(
          "%s: there is no output '%s'; expected one of %s"
              .formatted(
                  network, output, anatomy.network().outputs().stream().map(Value::name).toList()));
    }
    Logits found = find(anatomy.program(), anatomy.probe(), output);
    if (found == null) {
      throw new InvalidInputException(
          "%s: output %s is no spatial output: expected shape %s"
              .formatted(network, describe(anatomy, output), expected(anatomy)));
    }
    return found;
  }

  private static @Nullable Logits find(Program program, Probe probe, String output) {
    Map<String, Program.Step> makers = new HashMap<>();
    for (Program.Step step : program.steps()) {
      step.node().outputs().forEach(value -> makers.put(value, step));
    }
    String candidate = output;
    String value = output;
    boolean decided = false;
    boolean compete = false;
    boolean each = false;
    for (Program.Step maker = makers.get(value); maker != null; maker = makers.get(value)) {
      Decision decision = maker.operator().decision();
      if (!decision.isMade() && decision != Decision.HANDED_ON) {
        break;
      }
      compete |= decision == Decision.MADE;
      each |= decision == Decision.MADE_FOR_EACH;
      Node node = maker.node();
      value = node.input(0);
      // A squeezed map of one category is found here, where the axis still exists.
      if (decision.isMade() || !isSpatial(program, probe, candidate)) {
        candidate = value;
        decided |= decision.isMade() && probe.type(node.outputs().get(0)).isFloating();
      }
    }
    if (!isSpatial(program, probe, candidate)) {
      return null;
    }
    int categories = Math.toIntExact(probe.shape(candidate).dimension(1));
    if (!decided) {
      Logits found = behind(program, probe, output, candidate, categories);
      return categories > 1 && (compete || each)
          ? found.answering(rule(categories, compete))
          : found;
    }
    return new Logits(
        output,
        candidate,
        categories,
        Optional.of(Interval.UNIT),
        rule(categories, compete),
        candidate,
        Optional.empty());
  }

  /** The same where the output says yes or no, or a category's number. */
  private Logits answering(Optional<DecisionRule> by) {
    return new Logits(output, value, categories, Optional.of(Interval.UNIT), by, source, added);
  }

  /** Of a single category there is nothing to say, of very many none is meant to be alone. */
  private static Optional<DecisionRule> rule(int categories, boolean compete) {
    if (categories == 1) {
      return Optional.empty();
    }
    return Optional.of(
        compete || categories > DecisionRule.MOST_INDEPENDENT
            ? DecisionRule.EXCLUSIVE
            : DecisionRule.INDEPENDENT);
  }

  /** The logits behind scores that no decision was found right before. */
  private static Logits behind(
      Program program, Probe probe, String output, String scores, int categories) {
    boolean single = categories == 1;
    for (Tail tail : Tail.of(program, probe, scores)) {
      Optional<KnownDecision> known =
          tail.decides() && tail.keepsPlaces(probe)
              ? KnownDecision.of(program, probe, tail)
              : Optional.empty();
      if (known.isPresent()) {
        KnownDecision decision = known.get();
        return made(
            output,
            tail.from(),
            categories,
            new Interval(decision.low(), decision.high()),
            rule(categories, decision.competing()),
            LogitNodes.before(tail, decision, probe));
      }
    }
    Interval range = Ranges.of(program, scores);
    if (single ? range.isBounded() : range.isIn(Interval.UNIT)) {
      return made(
          output,
          scores,
          categories,
          single ? range : Interval.UNIT,
          Optional.empty(),
          LogitNodes.of(scores, range, single, probe.type(scores)));
    }
    return new Logits(output, scores, categories);
  }

  private static Logits made(
      String output,
      String source,
      int categories,
      Interval range,
      Optional<DecisionRule> rule,
      LogitNodes nodes) {
    return new Logits(
        output,
        nodes.nodes().isEmpty() ? source : nodes.value(),
        categories,
        Optional.of(range),
        rule,
        source,
        nodes.nodes().isEmpty() ? Optional.empty() : Optional.of(nodes));
  }

  /** The network with what makes the logits, where it does not do so itself. */
  public Program program(Anatomy anatomy) {
    return added.isPresent() ? program(anatomy.network()) : anatomy.program();
  }

  /** The same of a network that was cut from it, or recovered. */
  public Program program(Network network) {
    return Program.parse(added.map(nodes -> nodes.addedTo(network)).orElse(network));
  }

  /**
   * An engine for {@link #program}.
   *
   * @param device as libtorch spells it
   * @param crew whose members run it
   * @throws InvalidInputException if this build of libtorch has no such device
   */
  public Engine engine(Anatomy anatomy, String device, Crew crew) {
    return Engine.of(program(anatomy), crew.settings().on(device).withChannelsLast());
  }

  /** Whether a value has the axes of the images, and places along them. */
  private static boolean isSpatial(Program program, Probe probe, String value) {
    Shape shape = probe.shape(value);
    return shape.rank() == rank(program, probe)
        && shape.dimension(0) > 0
        && shape.dimension(1) > 0
        && LongStream.of(shape.dimensions()).skip(2).reduce(1, (a, b) -> a * b) > 1;
  }

  /** Number of the images' axes. */
  private static int rank(Program program, Probe probe) {
    return probe.shape(program.network().inputs().get(0).name()).rank();
  }

  private static String expected(Anatomy anatomy) {
    return rank(anatomy.program(), anatomy.probe()) == Layout.NCDHW.rank()
        ? "N x K x D x H x W"
        : "N x K x H x W";
  }

  private static String describe(Anatomy anatomy, String output) {
    return "'" + output + "' " + anatomy.probe().shape(output);
  }
}
