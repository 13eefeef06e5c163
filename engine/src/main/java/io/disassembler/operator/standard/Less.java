package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import org.bytedeco.pytorch.Tensor;

/** ONNX Less: a &lt; b with multidirectional broadcasting. */
@NotDifferentiable
record Less() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Less(), "Less", 1, 7, 9, 13);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.lt(b);
  }
}
