package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.Indices;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX ScatterND: data with the slices replaced that vectors of indices name, or combined with what
 * was there. Opset 11, 13, 16 (reduction), 18 (max, min).
 */
record ScatterND(String reduction) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ScatterND", 11, 13, 16, 18);
    }

    @Override
    protected ScatterND parse(Attributes attributes) {
      return new ScatterND(
          attributes.choice("reduction", "none", "none", "add", "mul", "max", "min"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor data = inputs.get(0);
    Tensor indices = inputs.get(1);
    long[] extents = TensorData.sizes(data);
    int depth = (int) indices.size(indices.dim() - 1);
    long inner = Arrays.stream(extents, depth, extents.length).reduce(1, (a, b) -> a * b);
    Tensor rows = Indices.flat(indices, extents, 0).reshape(-1, 1).expand(-1, inner);
    Tensor updates = inputs.get(2).reshape(-1, inner);
    Tensor flat = data.reshape(-1, inner);
    return List.of(ScatterElements.scatter(flat, 0, rows, updates, reduction).reshape(extents));
  }
}
