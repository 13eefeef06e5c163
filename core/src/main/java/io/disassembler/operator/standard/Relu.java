package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Relu: max(x, 0). Opset 1, 6, 13, 14. */
public record Relu() implements Elementwise {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Relu", 1);
    }

    @Override
    protected Relu parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new Relu();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0).relu());
  }
}
