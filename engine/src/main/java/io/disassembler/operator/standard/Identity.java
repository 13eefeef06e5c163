package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.PassThrough;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Identity: its input. Opset 1, 13, 14, 16, 19, 21, 23, 24, 25. */
record Identity() implements PassThrough {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Identity", 1, 13, 14, 16, 19, 21, 23, 24, 25);
    }

    @Override
    protected Identity parse(Attributes attributes) {
      return new Identity();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  public Decision decision() {
    return Decision.HANDED_ON;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean commutesWithMixing() {
    return true;
  }
}
