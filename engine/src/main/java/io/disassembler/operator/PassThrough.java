package io.disassembler.operator;

/**
 * An operator that treats every channel of its first input apart and alike: channels pass through,
 * whatever happens along the other axes. Its other inputs carry no channels.
 */
@ChannelRule("pass through")
public interface PassThrough extends Operator {

  @Override
  default void flow(ChannelFlow flow) {
    Labels labels = flow.labels(0);
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(index, labels.withShape(flow.output(index)));
    }
  }
}
