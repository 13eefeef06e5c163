package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Where: X where the condition holds, else Y, with broadcasting. Opset 9, 16. */
record Where() implements Elementwise {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Where", 9, 16);
    }

    @Override
    protected Where parse(Attributes attributes) {
      return new Where();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(torch.where(inputs.get(0), inputs.get(1), inputs.get(2)));
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(1).or(inputs.get(2));
  }
}
