package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import org.bytedeco.pytorch.Tensor;

/** ONNX Greater: a &gt; b with multidirectional broadcasting. */
@NotDifferentiable
public record Greater() implements Binary {

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
}
