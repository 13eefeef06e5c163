package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Add: a + b with multidirectional broadcasting. */
record Add() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Add(), "Add", 1, 6, 7, 13, 14);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0).plus(inputs.get(1));
  }
}
