package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.PassThrough;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX Dropout in inference: its input, and a mask that drops nothing. Opset 1 and 6 (is_test,
 * ignored), 7, 10 (boolean mask), 12 (ratio and training_mode as inputs), 13, 22.
 *
 * @param booleanMask the mask is boolean; before opset 10 it has the input's type
 */
record Dropout(boolean booleanMask) implements PassThrough {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Dropout", 1, 6, 7, 10, 12, 13, 22);
    }

    @Override
    protected Dropout parse(Attributes attributes) {
      attributes.ignore("ratio", "seed", "is_test", "consumed_inputs");
      return new Dropout(attributes.opset() >= 10);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    boolean drops = !inputs.has(1) || inputs.floats(1)[0] != 0;
    if (drops && inputs.has(2) && inputs.number(2) != 0) {
      throw new CannotRunException("training_mode is on; export the network for inference");
    }
    Tensor x = inputs.get(0);
    if (inputs.outputs() < 2) {
      return List.of(x);
    }
    Tensor mask = torch.ones_like(x);
    return List.of(x, booleanMask ? mask.to(ScalarType.Bool) : mask);
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
