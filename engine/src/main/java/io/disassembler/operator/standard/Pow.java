package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import org.bytedeco.pytorch.Tensor;

/** ONNX Pow: a to the power of b, in the type of a, with multidirectional broadcasting. */
record Pow() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Pow(), "Pow", 1, 7, 12, 13, 15);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.pow(b).to(a.scalar_type());
  }
}
