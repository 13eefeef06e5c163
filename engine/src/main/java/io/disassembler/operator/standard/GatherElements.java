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
 * ONNX GatherElements: along one axis, the element that an index of the result's shape names. Opset
 * 11, 13.
 */
record GatherElements(int axis) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GatherElements", 11, 13);
    }

    @Override
    protected GatherElements parse(Attributes attributes) {
      return new GatherElements((int) attributes.integer("axis", 0));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor data = inputs.get(0);
    int front = Axes.front(axis, (int) data.dim());
    return List.of(data.gather(front, Indices.fromFront(inputs.get(1), data.size(front))));
  }
}
