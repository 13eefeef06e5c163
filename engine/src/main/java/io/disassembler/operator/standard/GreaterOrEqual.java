package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Decision;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import org.bytedeco.pytorch.Tensor;

/** ONNX GreaterOrEqual: a &gt;= b with multidirectional broadcasting. */
@NotDifferentiable
record GreaterOrEqual() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new GreaterOrEqual(), "GreaterOrEqual", 12, 16);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.ge(b);
  }

  /** Of one category, scores above a threshold say yes. */
  @Override
  public Decision decision() {
    return Decision.MADE_FOR_EACH;
  }
}
