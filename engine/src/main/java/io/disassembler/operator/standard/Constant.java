package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.ChannelFree;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Constant: a tensor stored in the node. Opset 1, 9, 11, 12 (numbers and lists of them), 13,
 * 19, 21, 23, 24, 25.
 */
@NotDifferentiable
record Constant(Weight value) implements ChannelFree {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Constant", 1, 9, 11, 12, 13, 19, 21, 23, 24, 25);
    }

    @Override
    protected Constant parse(Attributes attributes) {
      Weight tensor = attributes.tensor("value");
      if (tensor != null) {
        return new Constant(tensor);
      }
      float[] floats = attributes.reals("value_floats");
      if (floats != null) {
        return new Constant(Weight.ofFloats("", Shape.of(floats.length), floats));
      }
      long[] integers = attributes.integers("value_ints");
      if (integers != null) {
        return new Constant(Weight.ofLongs("", integers));
      }
      if (attributes.has("value_float")) {
        return new Constant(Weight.ofFloats("", Shape.of(), attributes.real("value_float", 0)));
      }
      if (attributes.has("value_int")) {
        return new Constant(Weight.ofLongs("", Shape.of(), attributes.integer("value_int", 0)));
      }
      throw attributes.refuse("value", "a dense tensor or numbers", "none (text or sparse?)");
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(TensorData.of(value));
  }
}
