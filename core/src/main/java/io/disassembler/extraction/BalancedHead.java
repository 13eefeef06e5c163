package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.operator.Program;
import io.disassembler.recovery.Calibration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The head of sub-networks of one network ({@link CategoryHead}), balanced on images where there
 * are any, so that chosen categories are found as often as by the full network.
 *
 * @param anatomy the full network
 * @param card its card
 * @param mapping from its categories to the sub-network's
 * @param calibration images to balance on; null for no balance
 */
record BalancedHead(
    Anatomy anatomy, NetworkCard card, CategoryMapping mapping, @Nullable Calibration calibration) {

  /** {@code headless} with a balanced head. */
  Network attached(Network headless) {
    return attached(headless, balance(headless));
  }

  /** One constant for each chosen category, to be added to its scores; empty for none. */
  List<Double> balance(Network headless) {
    String output = headless.outputs().get(0).name();
    Optional<LogitShift> shift = shift();
    if (calibration != null && shift.isPresent()) {
      try (Crew crew = anatomy.crew(1)) {
        return shift.get().best(headless, calibration, crew);
      }
    }
    if (calibration == null || !mapping.hasOther() || !anatomy.probe().type(output).isFloating()) {
      return List.of();
    }
    try (Crew crew = anatomy.crew(1)) {
      return Balance.of(attached(headless, List.of()), mapping, calibration, output, crew);
    }
  }

  private Optional<LogitShift> shift() {
    return mapping.source().size() == 1 || mapping.independent()
        ? LogitShift.of(anatomy, card, mapping.chosen())
        : Optional.empty();
  }

  private Network attached(Network headless, List<Double> balance) {
    Optional<LogitShift> shift = balance.isEmpty() ? Optional.empty() : shift();
    Network balanced = shift.map(by -> by.added(headless, balance)).orElse(headless);
    String output = headless.outputs().get(0).name();
    Shape shape = anatomy.probe().shape(output);
    ElementType type = anatomy.probe().type(output);
    List<Double> constants = shift.isPresent() ? List.of() : balance;
    return early(balanced, shape, type, constants)
        .orElseGet(() -> CategoryHead.attach(balanced, mapping, shape, type, constants));
  }

  /** Before the scores are enlarged in the end, where they are and that works. */
  private Optional<Network> early(
      Network balanced, Shape shape, ElementType type, List<Double> constants) {
    if (mapping.keepsAll() || !type.isFloating() || !Layout.isMaps(shape.rank())) {
      return Optional.empty();
    }
    Shape reduced = shape.with(1, mapping.names().size());
    return Enlargement.of(balanced, mapping.source().size())
        .map(found -> CategoryHead.attach(balanced, mapping, found, shape.rank(), constants))
        .filter(head -> makes(head, reduced));
  }

  private boolean makes(Network head, Shape expected) {
    Map<String, Shape> inputs =
        anatomy.network().inputs().stream()
            .collect(Collectors.toMap(Value::name, input -> anatomy.probe().shape(input.name())));
    try (Crew crew = anatomy.crew(1);
        Engine engine = Engine.of(Program.parse(head), crew.settings())) {
      return engine.probe(inputs).shape(head.outputs().get(0).name()).equals(expected);
    } catch (InvalidInputException e) {
      return false;
    }
  }
}
