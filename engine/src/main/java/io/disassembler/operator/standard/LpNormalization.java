package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Mixing;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX LpNormalization: x divided by its norm along an axis; 0 where the norm is 0.
 *
 * @param axis negative from the back
 * @param p 1 or 2
 */
record LpNormalization(long axis, long p) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("LpNormalization", 1, 22);
    }

    @Override
    protected LpNormalization parse(Attributes attributes) {
      long p = attributes.integer("p", 2);
      if (p != 1 && p != 2) {
        throw attributes.refuse("p", "1 or 2", String.valueOf(p));
      }
      return new LpNormalization(attributes.integer("axis", -1), p);
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return new int[] {Axes.front(axis, flow.input(0).rank())};
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor norm =
        torch.linalg_vector_norm(
            x, new Scalar(p), new long[] {axis}, true, new ScalarTypeOptional());
    return List.of(x.div(norm.masked_fill(norm.eq(new Scalar(0)), new Scalar(1))));
  }
}
