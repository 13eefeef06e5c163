package io.disassembler.operator.family;

import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An operator that maps every element of its one input to the element of its output there. */
@ChannelRule("pass through")
public interface Unary extends Elementwise {

  Tensor apply(Tensor x);

  @Override
  default List<Tensor> run(Inputs inputs) {
    return List.of(apply(inputs.get(0)));
  }
}
