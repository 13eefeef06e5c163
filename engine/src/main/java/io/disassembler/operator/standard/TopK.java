package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX TopK: the k largest or smallest elements along an axis and their indices; of equal ones the
 * first. Opset 1 (k as attribute), 10, 11 (largest, sorted), 24.
 *
 * @param k the attribute; negative where input 1 says it
 */
record TopK(int axis, boolean largest, long k) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("TopK", 1, 10, 11, 24);
    }

    @Override
    protected TopK parse(Attributes attributes) {
      attributes.ignore("sorted"); // any order will do where it is off
      return new TopK(
          (int) attributes.integer("axis", -1),
          attributes.flag("largest", true),
          attributes.opset() < 10 ? attributes.integer("k", 0) : -1);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    long count = k >= 0 ? k : inputs.number(1);
    T_TensorTensor_T sorted = inputs.get(0).sort(new BoolOptional(true), axis, largest);
    return List.of(sorted.get0().narrow(axis, 0, count), sorted.get1().narrow(axis, 0, count));
  }
}
