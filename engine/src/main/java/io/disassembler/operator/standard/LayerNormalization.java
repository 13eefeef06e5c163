package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.Trained;
import io.disassembler.operator.family.Mixing;
import io.disassembler.operator.shape.Axes;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * ONNX LayerNormalization: X to mean 0 and variance 1 over an axis and all behind it, then scaled
 * and shifted. The mean and the inverse standard deviation are outputs too.
 *
 * @param axis first normalised axis, negative from the back
 */
record LayerNormalization(long axis, double epsilon) implements Mixing, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("LayerNormalization", 17);
    }

    @Override
    protected LayerNormalization parse(Attributes attributes) {
      // libtorch computes in at least 32 bits, which is what stash_type asks for.
      attributes.ignore("stash_type");
      return new LayerNormalization(
          attributes.integer("axis", -1), attributes.real("epsilon", 1e-5f));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return Axes.trailing(axis, flow.input(0).rank());
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == 2;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor y = normalize(x, inputs.get(1), inputs.optional(2));
    if (inputs.outputs() == 1) {
      return List.of(y);
    }
    long[] axes = Arrays.stream(Axes.trailing(axis, (int) x.dim())).asLongStream().toArray();
    T_TensorTensor_T moments = torch.var_mean(x, axes, false, true);
    return List.of(y, moments.get1(), moments.get0().add(new Scalar(epsilon)).rsqrt());
  }

  private Tensor normalize(Tensor x, Tensor scale, @Nullable Tensor bias) {
    long[] extents = normalized(x, axis);
    if (fits(scale, extents) && (bias == null || fits(bias, extents))) {
      TensorOptional shift = bias == null ? new TensorOptional() : new TensorOptional(bias);
      return torch.layer_norm(x, extents, new TensorOptional(scale), shift, epsilon, false);
    }
    Tensor scaled =
        torch
            .layer_norm(x, extents, new TensorOptional(), new TensorOptional(), epsilon, false)
            .mul(scale);
    Tensor shifted = bias == null ? scaled : scaled.add(bias);
    if (!Arrays.equals(TensorData.sizes(shifted), TensorData.sizes(x))) {
      throw new CannotRunException("scale and bias have more extents than what they apply to");
    }
    return shifted;
  }

  /** libtorch takes parameters that need no broadcasting. */
  private static boolean fits(Tensor parameter, long[] extents) {
    return Arrays.equals(TensorData.sizes(parameter), extents);
  }

  /** Extents of {@code x} from {@code axis} on. */
  static long[] normalized(Tensor x, long axis) {
    long[] sizes = TensorData.sizes(x);
    return Arrays.copyOfRange(sizes, Axes.front(axis, sizes.length), sizes.length);
  }
}
