package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX AffineGrid: where GridSample looks for an affine map, from matrices theta (N, 2, 3) or (N,
 * 3, 4) and the size of the maps to make. Opset 20.
 */
record AffineGrid(boolean alignCorners) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("AffineGrid", 20);
    }

    @Override
    protected AffineGrid parse(Attributes attributes) {
      return new AffineGrid(attributes.flag("align_corners", false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(torch.affine_grid_generator(inputs.get(0), inputs.longs(1), alignCorners));
  }
}
