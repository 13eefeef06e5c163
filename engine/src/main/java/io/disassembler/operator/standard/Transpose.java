package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Transpose: the axes in another order. Opset 1, 13, 21.
 *
 * @param order the input's axis at each place; null: reversed
 */
record Transpose(long @Nullable [] order) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Transpose", 1, 13, 21, 23, 24, 25);
    }

    @Override
    protected Transpose parse(Attributes attributes) {
      return new Transpose(attributes.integers("perm"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] reversed = new long[(int) x.dim()];
    Arrays.setAll(reversed, axis -> reversed.length - 1 - axis);
    return List.of(x.permute(order != null ? order : reversed));
  }
}
