package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX Concat: joins tensors along one axis. Opset 1 (axis defaults to 1), 4, 11, 13.
 *
 * @param axis the axis, negative from the back
 */
record Concat(int axis) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Concat", 1, 4, 11, 13);
    }

    @Override
    protected Concat parse(Attributes attributes) {
      return new Concat((int) attributes.integer("axis", 1));
    }
  }

  @Override
  public boolean moves(int index) {
    return true;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(torch.cat(new TensorVector(inputs.present().toArray(Tensor[]::new)), axis));
  }
}
