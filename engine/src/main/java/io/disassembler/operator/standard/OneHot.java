package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.Indices;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX OneHot: along a new axis of extent depth, the second of two values at each index, the first
 * elsewhere; everywhere for an index out of range. Opset 9, 11.
 */
@NotDifferentiable
record OneHot(int axis) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("OneHot", 9, 11, 28);
    }

    @Override
    protected OneHot parse(Attributes attributes) {
      return new OneHot((int) attributes.integer("axis", -1));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor indices = inputs.get(0);
    long depth = inputs.number(1);
    Tensor values = inputs.get(2);
    int place = Axes.front(axis, (int) indices.dim() + 1);
    long[] shape = SpatialWindow.filled((int) indices.dim() + 1, 1);
    shape[place] = depth;
    Tensor classes = torch.arange(new Scalar(depth)).reshape(shape);
    Tensor hot = Indices.fromFront(indices, depth).unsqueeze(place).eq(classes);
    return List.of(torch.where(hot, values.select(0, 1), values.select(0, 0)));
  }
}
