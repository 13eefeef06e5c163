package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Flatten: a matrix with all axes before {@code axis} in its rows. Opset 1, 9, 11 (negative
 * axes), 13, 21.
 */
record Flatten(int axis) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Flatten", 1, 9, 11, 13, 21, 23, 24, 25);
    }

    @Override
    protected Flatten parse(Attributes attributes) {
      return new Flatten((int) attributes.integer("axis", 1));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long split = axis < 0 ? axis + x.dim() : axis;
    long rows = 1;
    long columns = 1;
    for (int i = 0; i < x.dim(); i++) {
      rows *= i < split ? x.size(i) : 1;
      columns *= i < split ? 1 : x.size(i);
    }
    return List.of(x.reshape(rows, columns));
  }
}
