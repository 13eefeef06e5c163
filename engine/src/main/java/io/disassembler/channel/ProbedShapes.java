package io.disassembler.channel;

import io.disassembler.engine.Probe;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Operands;

/** Shapes of a node's operands as they were when the network was probed. */
record ProbedShapes(Node node, Probe probe) implements Operands {

  @Override
  public int inputs() {
    return node.inputs().size();
  }

  @Override
  public boolean has(int index) {
    return !node.input(index).isEmpty();
  }

  @Override
  public Shape input(int index) {
    return probe.shape(node.input(index));
  }

  @Override
  public Shape output(int index) {
    return probe.shape(node.outputs().get(index));
  }
}
