package io.disassembler.operator;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An operator that only moves elements around. It needs no channel rule of its own: run on labels,
 * it shows where each went.
 */
@ChannelRule("moved along: the operator itself shows where each goes")
public interface DataMovement extends Operator {

  /** True if input {@code index} is moved; false if it steers (a shape, indices, sizes). */
  default boolean moves(int index) {
    return index == 0;
  }

  @Override
  default void flow(ChannelFlow flow) {
    List<Labels> labels = flow.trace(this, this::moves);
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(index, labels.get(index));
    }
  }

  @Override
  default Interval range(List<Interval> inputs) {
    return IntStream.range(0, inputs.size())
        .filter(this::moves)
        .mapToObj(inputs::get)
        .reduce(Interval::or)
        .orElse(Interval.ALL);
  }
}
