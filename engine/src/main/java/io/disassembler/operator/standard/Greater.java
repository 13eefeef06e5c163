package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Decision;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import org.bytedeco.pytorch.Tensor;

/** ONNX Greater: a &gt; b with multidirectional broadcasting. */
@NotDifferentiable
record Greater() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Greater(), "Greater", 1, 7, 9, 13);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.gt(b);
  }

  /** Of one category, scores above a threshold say yes. */
  @Override
  public Decision decision() {
    return Decision.MADE_FOR_EACH;
  }
}
