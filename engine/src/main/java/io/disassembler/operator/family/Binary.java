package io.disassembler.operator.family;

import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An operator on two inputs with multidirectional broadcasting. */
public interface Binary extends Elementwise {

  Tensor apply(Tensor a, Tensor b);

  @Override
  default List<Tensor> run(Inputs inputs) {
    return List.of(apply(inputs.get(0), inputs.get(1)));
  }
}
