package io.disassembler.channel;

import io.disassembler.graph.Node;
import java.util.Map;
import java.util.Optional;

/** What stands in the way where nothing of a node can be cut. */
final class Obstacle {
  private Obstacle() {}

  /**
   * The reason why the kernels of {@code node} stay; where that is only that they make an output of
   * the network, or it has none, why what it reads stays, by the nearest value that is known of.
   */
  static String of(Anatomy anatomy, Node node) {
    Map<String, String> pins = anatomy.groups().pins();
    Optional<String> own =
        node.outputs().stream()
            .filter(value -> !anatomy.network().isOutput(value))
            .flatMap(value -> Optional.ofNullable(pins.get(value)).stream())
            .filter(reason -> !reason.equals(Coupling.OUTPUT))
            .findFirst();
    return own.or(
            () ->
                Upstream.nearest(
                    anatomy.network(),
                    node,
                    value ->
                        Optional.ofNullable(pins.get(value))
                            .filter(reason -> !reason.equals(Coupling.OUTPUT))))
        .or(
            () ->
                node.outputs().stream()
                    .flatMap(value -> Optional.ofNullable(pins.get(value)).stream())
                    .findFirst())
        .orElseGet(
            () ->
                "%s '%s': what it reads comes from no kernel"
                    .formatted(node.operator(), node.label()));
  }
}
