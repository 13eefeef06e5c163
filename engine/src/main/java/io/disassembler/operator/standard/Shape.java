package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Dependence;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.ChannelFree;
import io.disassembler.operator.shape.SliceRange;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Shape: a tensor's extents, or those of the axes from start to end. Opset 1, 13, 15 (start
 * and end), 19, 21, 23, 24, 25.
 */
@NotDifferentiable
record Shape(long start, long end) implements ChannelFree {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Shape", 1, 13, 15, 19, 21, 23, 24, 25);
    }

    @Override
    protected Shape parse(Attributes attributes) {
      return new Shape(attributes.integer("start", 0), attributes.integer("end", Long.MAX_VALUE));
    }
  }

  @Override
  public Dependence dependence(int index) {
    return Dependence.SHAPE;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    long[] extents = TensorData.sizes(inputs.get(0));
    SliceRange axes = SliceRange.of(0, start, end, 1, extents.length);
    int first = (int) axes.start();
    long[] chosen = Arrays.copyOfRange(extents, first, first + axes.count());
    return List.of(TensorData.ofLongs(chosen, chosen.length));
  }
}
