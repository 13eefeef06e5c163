package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What a layer makes of errors in the channels that it reads. */
public final class ReaderGram {
  private ReaderGram() {}

  /**
   * W'W of a layer, its kernels weighed, one block for each of its groups: errors e of its C input
   * channels add e' (W'W) e to the squared error of what it makes.
   *
   * @param step the layer's node
   * @param factors what an error of each kernel is multiplied with
   * @return (C, C), float64
   */
  public static Tensor of(Anatomy anatomy, int step, double[] factors) {
    Kernels kernels = anatomy.kernels(step).orElseThrow();
    Weight weight = anatomy.weight(step, kernels.weight()).orElseThrow();
    Tensor byKernel =
        TensorData.of(weight)
            .to(ScalarType.Double)
            .movedim(new long[] {kernels.outAxis(), kernels.inAxis()}, 0, -1);
    Tensor each = Tensor.create(factors);
    long listed = byKernel.size(-1);
    long size = kernels.isInputFirst() ? listed / kernels.group() : listed;
    long kernelsOfGroup = each.size(0) / kernels.group();
    long channels = size * kernels.group();
    Tensor gram = torch.zeros(channels, channels).to(ScalarType.Double);
    for (int group = 0; group < kernels.group(); group++) {
      Tensor rows =
          kernels.isInputFirst()
              ? byKernel.narrow(-1, group * size, size)
              : byKernel.narrow(0, group * kernelsOfGroup, kernelsOfGroup);
      Tensor matrix =
          rows.mul(
                  each.narrow(0, group * kernelsOfGroup, kernelsOfGroup)
                      .reshape(onesAfterFirst(rows)))
              .reshape(-1, size);
      gram.narrow(0, group * size, size)
          .narrow(1, group * size, size)
          .copy_(torch.matmul(matrix.t(), matrix));
    }
    return gram.div(new Scalar((double) kernels.phases()));
  }

  private static long[] onesAfterFirst(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    Arrays.fill(shape, 1);
    shape[0] = tensor.size(0);
    return shape;
  }
}
