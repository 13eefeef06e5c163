package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Operands;

/** Shapes of one node's operands once a selection is all that is left. */
public record KeptShapes(Anatomy anatomy, Selection selection, int step) implements Operands {

  private Node node() {
    return anatomy.step(step).node();
  }

  @Override
  public int inputs() {
    return node().inputs().size();
  }

  @Override
  public boolean has(int index) {
    return !node().input(index).isEmpty();
  }

  @Override
  public Shape input(int index) {
    Shape shape = shape(node().input(index));
    for (Channels channels : anatomy.groups().slices(step, index)) {
      shape = shape.with(channels.axis(), selection.count(channels));
    }
    return shape;
  }

  @Override
  public Shape output(int index) {
    return shape(node().outputs().get(index));
  }

  private Shape shape(String value) {
    Shape shape = anatomy.probe().shape(value);
    return anatomy
        .groups()
        .channels(value)
        .map(channels -> shape.with(channels.axis(), selection.count(channels)))
        .orElse(shape);
  }
}
