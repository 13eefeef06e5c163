package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import java.util.Optional;

/** Constants of a network whose constants are not folded yet. */
final class Constants {
  private Constants() {}

  /** The weight that {@code value} is, or that a Constant node makes of it. */
  static Optional<Weight> of(Network network, String value) {
    return network
        .weight(value)
        .or(
            () ->
                network
                    .producer(value)
                    .filter(node -> node.operator().equals("Constant"))
                    .map(node -> node.attributes().get("value"))
                    .filter(Attribute.Tensor.class::isInstance)
                    .map(attribute -> ((Attribute.Tensor) attribute).value()));
  }

  /** Whether {@code value} is one number. */
  static boolean isScalar(Network network, String value) {
    return of(network, value).filter(weight -> weight.shape().elements() == 1).isPresent();
  }
}
