package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ExtremeIndex;
import io.disassembler.operator.family.Mixing;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX ArgMin: the index of the smallest element along an axis, the first or the last of equal
 * ones.
 */
@NotDifferentiable
record ArgMin(ExtremeIndex index) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ArgMin", 1, 11, 12, 13);
    }

    @Override
    protected ArgMin parse(Attributes attributes) {
      return new ArgMin(ExtremeIndex.parse(attributes));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return index.mixedAxes(flow.input(0).rank());
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(index.of(inputs.get(0), Tensor::argmin));
  }
}
