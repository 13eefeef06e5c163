package io.disassembler.operator.family;

import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An operator that folds one input or more, with multidirectional broadcasting. */
public interface Variadic extends Elementwise {

  Tensor apply(Tensor a, Tensor b);

  @Override
  default List<Tensor> run(Inputs inputs) {
    return List.of(
        inputs.present().stream()
            .reduce(this::apply)
            .orElseThrow(() -> new CannotRunException("expected inputs, found none")));
  }
}
