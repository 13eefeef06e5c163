package io.disassembler.operator.family;

import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;

/** An operator whose outputs carry no channels and that does not read elements of feature maps. */
@ChannelRule("carries none")
public interface ChannelFree extends Operator {

  @Override
  default void flow(ChannelFlow flow) {
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(index, Labels.constant(flow.output(index), Labels.NONE));
    }
  }
}
