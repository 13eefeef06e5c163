package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Asin: arcsine in radians. */
record Asin() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Asin(), "Asin", 7, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.asin();
  }
}
