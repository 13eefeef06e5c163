package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import org.bytedeco.pytorch.Tensor;

/** ONNX BitShift: integers a shifted by b bits, with multidirectional broadcasting. */
@NotDifferentiable
record BitShift(boolean left) implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("BitShift", 11, 28);
    }

    @Override
    protected BitShift parse(Attributes attributes) {
      return new BitShift(attributes.choice("direction", "", "LEFT", "RIGHT").equals("LEFT"));
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return left ? a.bitwise_left_shift(b) : a.bitwise_right_shift(b);
  }
}
