package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Dependence;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.PassThrough;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX CastLike: input 0 with the element type of input 1. Opset 15, 19, 21, 23, 24, 25. */
record CastLike() implements PassThrough {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("CastLike", 15, 19, 21, 23, 24, 25);
    }

    @Override
    protected CastLike parse(Attributes attributes) {
      attributes.ignore("saturate", "round_mode"); // they concern 8-bit floats only
      return new CastLike();
    }
  }

  @Override
  public Dependence dependence(int index) {
    return index == 1 ? Dependence.TYPE : Dependence.CONTENT;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0).to(inputs.get(1).scalar_type()));
  }
}
