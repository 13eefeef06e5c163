package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Tile: repeats a tensor along every axis. Opset 1 (tiles along one axis), 6, 13.
 *
 * @param alongOne opset 1: input 1 is a count and input 2 the axis
 */
record Tile(boolean alongOne) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Tile", 1, 6, 13);
    }

    @Override
    protected Tile parse(Attributes attributes) {
      return new Tile(attributes.opset() < 6);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    if (!alongOne) {
      return List.of(x.repeat(inputs.longs(1)));
    }
    long[] repeats = SpatialWindow.filled((int) x.dim(), 1);
    repeats[Axes.front(inputs.number(2), repeats.length)] = inputs.number(1);
    return List.of(x.repeat(repeats));
  }
}
