package io.disassembler.operator;

import io.disassembler.graph.Node;
import java.util.Map;

/** What an {@link Operator} also is that training adjusts. */
public interface Trained {

  /** Whether training adjusts input {@code index}, where it is a stored weight. */
  boolean learns(int index);

  /**
   * The node as it is while its network is trained, where that differs from inference; it may have
   * more outputs.
   *
   * @param opset version of the operator set that the node belongs to
   */
  default Node inTraining(Node node, long opset) {
    return node;
  }

  /** Which inputs, stored weights, take the value of which outputs after a step of training. */
  default Map<Integer, Integer> updates() {
    return Map.of();
  }
}
