package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.Trained;
import io.disassembler.operator.family.Mixing;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX RMSNormalization: X divided by its root mean square over an axis and all behind it, then
 * scaled.
 *
 * @param axis first normalised axis, negative from the back
 */
record RMSNormalization(long axis, double epsilon) implements Mixing, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("RMSNormalization", 23);
    }

    @Override
    protected RMSNormalization parse(Attributes attributes) {
      // libtorch computes in at least 32 bits, which is what stash_type asks for.
      attributes.ignore("stash_type");
      return new RMSNormalization(
          attributes.integer("axis", -1), attributes.real("epsilon", 1e-5f));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return Axes.trailing(axis, flow.input(0).rank());
  }

  @Override
  public boolean learns(int index) {
    return index == 1;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor normalized =
        torch.rms_norm(
            x,
            LayerNormalization.normalized(x, axis),
            new TensorOptional(),
            new DoubleOptional(epsilon));
    return List.of(normalized.mul(inputs.get(1)));
  }
}
