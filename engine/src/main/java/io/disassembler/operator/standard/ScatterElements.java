package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.Indices;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX ScatterElements: data with the elements replaced that indices name along one axis, or
 * combined with what was there. Opset 11, 13, 16 (reduction), 18 (max, min).
 */
record ScatterElements(int axis, String reduction) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ScatterElements", 11, 13, 16, 18);
    }

    @Override
    protected ScatterElements parse(Attributes attributes) {
      return new ScatterElements(
          (int) attributes.integer("axis", 0),
          attributes.choice("reduction", "none", "none", "add", "mul", "max", "min"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor data = inputs.get(0);
    int front = Axes.front(axis, (int) data.dim());
    Tensor indices = Indices.fromFront(inputs.get(1), data.size(front));
    return List.of(scatter(data, front, indices, inputs.get(2), reduction));
  }

  /** {@code data} with {@code updates} put at {@code indices} along {@code axis}. */
  static Tensor scatter(Tensor data, int axis, Tensor indices, Tensor updates, String reduction) {
    return switch (reduction) {
      case "add" -> data.scatter_reduce(axis, indices, updates, "sum", true);
      case "mul" -> data.scatter_reduce(axis, indices, updates, "prod", true);
      case "max" -> data.scatter_reduce(axis, indices, updates, "amax", true);
      case "min" -> data.scatter_reduce(axis, indices, updates, "amin", true);
      default -> data.scatter(axis, indices, updates);
    };
  }
}
