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
import io.disassembler.input.Ends;
import io.disassembler.operator.Program;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Settles which output of a network counts. Networks that were trained with auxiliary heads have
 * several, and so have those that decide at several resolutions; what only the others need is left
 * out, so that nothing is measured, learned or cut there.
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
   * {@code network} with the largest of its outputs for the same categories, the first of equally
   * large ones, and what it takes; itself if it has one output, or none with spatial axes. The
   * categories are those of the first output with spatial axes.
   *
   * @param inputs shape of each graph input, NCHW
   * @param categories how many are meant, where that is known: outputs for as many go before others
   * @param threads to run it with, to see its shapes; at least 1
   * @param warning told, in one line, which of several was taken
   * @throws InvalidInputException if the network has several outputs and cannot run at these
   *     shapes, or its masks are about single objects, not categories
   */
  public static Network first(
      Network network,
      Map<String, Shape> inputs,
      OptionalInt categories,
      int threads,
      Consumer<String> warning) {
    if (network.outputs().size() == 1) {
      return network;
    }
    Program program = Program.parse(network);
    Probe probe;
    try (Engine engine = Engine.of(program, EngineSettings.onCpu(threads))) {
      probe = engine.probe(inputs);
    }
    List<Logits> all = Logits.all(program, probe);
    if (all.isEmpty()) {
      return network;
    }
    requireCategories(network, probe, all.get(0));
    List<Maps> maps =
        all.stream().map(one -> Maps.of(network, one, probe.shape(one.output()))).toList();
    long meant = maps.get(0).categories();
    for (Maps each : maps) {
      if (categories.isPresent() && each.categories() == categories.getAsInt()) {
        meant = each.categories();
      }
    }
    Maps taken = largest(maps, meant);
    warning.accept(
        "%s has the outputs %s; '%s' is taken, %s, and what only the others need is left out"
            .formatted(network.name(), names(network), taken.output(), reason(taken, maps)));
    return named(network, taken.output());
  }

  private static Maps largest(List<Maps> maps, long categories) {
    Maps largest = null;
    for (Maps each : maps) {
      if (each.categories() == categories
          && (largest == null || each.pixels() > largest.pixels())) {
        largest = each;
      }
    }
    return Objects.requireNonNull(largest);
  }

  /** Why this one. */
  private static String reason(Maps taken, List<Maps> maps) {
    List<Maps> alike =
        maps.stream().filter(each -> each.categories() == taken.categories()).toList();
    if (alike.stream().allMatch(each -> each.pixels() == taken.pixels())) {
      return taken.equals(maps.get(0))
          ? "the first with spatial axes"
          : "the first with as many categories as the card has";
    }
    return "the largest for %d categor%s (%s)"
        .formatted(
            taken.categories(),
            taken.categories() == 1 ? "y" : "ies",
            alike.stream()
                .map(each -> "%s has %d pixels".formatted(each.output(), each.pixels()))
                .collect(Collectors.joining(", ")));
  }

  /** How many maps an output has, and of how many pixels, in whatever order the file has them. */
  private record Maps(String output, long categories, long pixels) {
    static Maps of(Network network, Logits logits, Shape shape) {
      Value output =
          network.outputs().stream()
              .filter(value -> value.name().equals(logits.output()))
              .findFirst()
              .orElseThrow();
      long images = shape.dimension(0);
      boolean last = Ends.categoriesLast(network, output, shape.rank());
      boolean numbers = shape.rank() < network.boundary().input().plain().rank();
      long categories = last ? shape.dimension(shape.rank() - 1) : logits.categories();
      return new Maps(
          logits.output(), categories, shape.elements() / images / (numbers ? 1 : categories));
    }
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
