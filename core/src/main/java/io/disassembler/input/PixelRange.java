package io.disassembler.input;

import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a network does to pixels before its first layer: multiplies them and adds to them. From
 * where that leads one can tell whether it takes them from 0 to 255 or from 0 to 1.
 *
 * @param factor mean over the channels
 * @param offset likewise
 * @param nodes that do it, in order
 */
public record PixelRange(double factor, double offset, List<String> nodes) {
  /** Numbers that layers are trained on lie within this. */
  private static final double USUAL = 6;

  private static final double BYTES = 255;

  /** What {@code network} does to its image; nothing is a factor of 1 by no node. */
  public static PixelRange of(Network network) {
    PixelRange range = new PixelRange(1, 0, List.of());
    String value = network.inputs().get(0).name();
    while (true) {
      List<Node> readers = network.consumers(value);
      Optional<PixelRange> next =
          readers.size() == 1 ? range.after(readers.get(0), value, network) : Optional.empty();
      if (next.isEmpty()) {
        return range;
      }
      range = next.get();
      value = readers.get(0).outputs().get(0);
    }
  }

  private Optional<PixelRange> after(Node node, String value, Network network) {
    return switch (node.operator()) {
      case "Identity", "Cast", "Transpose" -> Optional.of(this);
      case "Mul", "Div", "Add", "Sub" -> {
        int image = node.inputs().indexOf(value);
        yield network
            .weight(node.input(1 - image))
            .filter(weight -> weight.type().isFloating())
            .flatMap(weight -> after(node, image == 0, mean(weight)));
      }
      default -> Optional.empty();
    };
  }

  private Optional<PixelRange> after(Node node, boolean first, double number) {
    List<String> more = Stream.concat(nodes.stream(), Stream.of(node.label())).toList();
    return switch (node.operator()) {
      case "Mul" -> Optional.of(new PixelRange(factor * number, offset * number, more));
      case "Div" ->
          first && number != 0
              ? Optional.of(new PixelRange(factor / number, offset / number, more))
              : Optional.empty();
      case "Add" -> Optional.of(new PixelRange(factor, offset + number, more));
      default ->
          first
              ? Optional.of(new PixelRange(factor, offset - number, more))
              : Optional.of(new PixelRange(-factor, number - offset, more));
    };
  }

  private static double mean(Weight weight) {
    double sum = 0;
    float[] numbers = weight.floats();
    for (float number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  /**
   * What pixels are to be divided by first: 1 if the network takes them from 0 to 255, 255 if from
   * 0 to 1; empty if it does nothing that tells.
   */
  public Optional<Integer> scale() {
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    if (leadsToUsual(BYTES)) {
      return Optional.of(1);
    }
    return leadsToUsual(1) ? Optional.of((int) BYTES) : Optional.empty();
  }

  private boolean leadsToUsual(double most) {
    return Math.abs(offset) <= USUAL && Math.abs(factor * most + offset) <= USUAL;
  }
}
