package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.Mixing;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX LRN (local response normalisation): every element of X (N, C, ...) divided by (bias + alpha
 * * m)^beta, where m is the mean of squares over the {@code size} channels around it; channels
 * beyond the ends count as zero.
 */
record LRN(long size, double alpha, double beta, double bias) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("LRN", 1, 13);
    }

    @Override
    protected LRN parse(Attributes attributes) {
      long size = attributes.integer("size", 0);
      if (size < 1) {
        throw attributes.refuse("size", "at least 1", String.valueOf(size));
      }
      return new LRN(
          size,
          attributes.real("alpha", 1e-4f),
          attributes.real("beta", 0.75f),
          attributes.real("bias", 1));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return new int[] {1};
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor squares = x.mul(x).reshape(x.size(0), x.size(1), -1);
    Tensor padded = torch.constant_pad_nd(squares, 0, 0, (size - 1) / 2, size / 2);
    Tensor mean =
        torch
            .avg_pool2d(
                padded,
                new long[] {size, 1},
                new long[] {1, 1},
                new long[2],
                false,
                true,
                new LongOptional())
            .reshape(TensorData.sizes(x));
    Tensor divisor = mean.mul(new Scalar(alpha)).add(new Scalar(bias)).pow(new Scalar(beta));
    return List.of(x.div(divisor));
  }
}
