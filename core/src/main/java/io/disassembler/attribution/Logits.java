package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a network's logits are.
 *
 * @param output the graph output that the logits decide
 * @param value the logits, N x K x H x W: the output itself, or what a Softmax, Sigmoid or ArgMax
 *     before it reads
 * @param categories K; with 1 the logit says yes or no (sigmoid), with more they compete (softmax)
 */
public record Logits(String output, String value, int categories) {
  private static final int SPATIAL_RANK = 4;

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
                    "%s: the model has no spatial output: expected one of shape N x K x H x W, found %s; segmentation networks only"
                        .formatted(
                            anatomy.network().name(),
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
          "%s: output %s is no spatial output: expected shape N x K x H x W"
              .formatted(network, describe(anatomy, output)));
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
    for (Program.Step maker = makers.get(value); maker != null; maker = makers.get(value)) {
      Decision decision = maker.operator().decision();
      if (decision == Decision.NONE) {
        break;
      }
      Node node = maker.node();
      value = node.input(0);
      // A squeezed map of one category is found here, where the axis still exists.
      if (decision == Decision.MADE || !isSpatial(probe, candidate)) {
        candidate = value;
      }
    }
    return isSpatial(probe, candidate)
        ? new Logits(output, candidate, Math.toIntExact(probe.shape(candidate).dimension(1)))
        : null;
  }

  private static boolean isSpatial(Probe probe, String value) {
    Shape shape = probe.shape(value);
    return shape.rank() == SPATIAL_RANK && shape.dimension(2) * shape.dimension(3) > 1;
  }

  private static String describe(Anatomy anatomy, String output) {
    return "'" + output + "' " + anatomy.probe().shape(output);
  }
}
