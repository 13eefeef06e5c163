package io.disassembler.recovery;

import io.disassembler.operator.Kernels;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Folds maps between input channels into a layer's weight: a map acts pixel by pixel, so it folds
 * exactly into kernels of any size, and its intercept into the bias: exactly where no padding is in
 * reach and no stride of a transposed convolution makes output positions differ, on average
 * otherwise.
 */
final class KernelFold {
  private final Kernels kernels;
  private final Tensor byInput;
  private final Tensor bias;

  /**
   * @param weight the layer's weight, float64
   */
  KernelFold(Kernels kernels, Tensor weight) {
    this.kernels = kernels;
    byInput = weight.movedim(kernels.outAxis(), 0).movedim(inAfterMove(), -1).contiguous().clone();
    long outs = byInput.size(0) * (isInputFirst() ? kernels.group() : 1);
    bias = torch.zeros(outs).to(ScalarType.Double);
  }

  Kernels kernels() {
    return kernels;
  }

  /**
   * @param group the group of the convolution that the channels belong to
   * @param size number of input channels of one group
   * @param kept indices of kept input channels of that group, counted over all groups
   * @param removed indices of the removed ones
   */
  void apply(int group, int size, int[] kept, int[] removed, ChannelMap map) {
    int first = isInputFirst() ? 0 : group * size;
    long rows = isInputFirst() ? byInput.size(0) : byInput.size(0) / kernels.group();
    Tensor block = isInputFirst() ? byInput : byInput.narrow(0, group * rows, rows);
    Tensor lost = block.index_select(-1, ChannelMap.indices(shifted(removed, first)));
    block.index_add_(-1, ChannelMap.indices(shifted(kept, first)), torch.matmul(lost, map.slope()));
    Tensor constant = torch.matmul(lost, map.intercept()).reshape(rows, -1).sum(1);
    Tensor target = bias.narrow(0, group * rows, rows);
    target.add_(constant, new Scalar(1.0 / kernels.phases()));
  }

  /** The folded weight in the layer's own layout. */
  Tensor weight() {
    return byInput.movedim(-1, inAfterMove()).movedim(0, kernels.outAxis());
  }

  /** What the intercepts add to each kernel's bias. */
  Tensor bias() {
    return bias;
  }

  /** True for layouts whose weight lists the input channels of all groups (ConvTranspose). */
  private boolean isInputFirst() {
    return kernels.inAxis() < kernels.outAxis();
  }

  /** Where the input axis lies once the axis of kernels is in front. */
  private int inAfterMove() {
    return isInputFirst() ? kernels.inAxis() + 1 : kernels.inAxis();
  }

  private static int[] shifted(int[] indices, int by) {
    return Arrays.stream(indices).map(index -> index - by).toArray();
  }
}
