package io.disassembler.recovery;

import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
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
    long outs = byInput.size(0) * (kernels.isInputFirst() ? kernels.group() : 1);
    bias = torch.zeros(outs).to(ScalarType.Double);
  }

  /**
   * Lets the kept channels of one group stand for all of them.
   *
   * @param group the group of the convolution that the channels belong to
   * @param channels indices of the group's input channels, counted over all groups
   * @param kept indices of those that are kept; the weights of the others become zero
   */
  void apply(int group, int[] channels, int[] kept, ChannelMap map) {
    Tensor block = block(group);
    Tensor all = block.narrow(-1, first(channels), channels.length);
    Tensor lost = all.clone();
    all.zero_();
    block.index_add_(-1, ChannelMap.indices(places(group, kept)), torch.matmul(lost, map.slope()));
    long rows = block.size(0);
    Tensor constant = torch.matmul(lost, map.intercept()).reshape(rows, -1).sum(1);
    bias.narrow(0, group * rows, rows).add_(constant, new Scalar(1.0 / kernels.phases()));
  }

  /** W'W of the kernels of one group, over the group's input channels: (C, C). */
  Tensor gram(int group, int[] channels) {
    Tensor weights = block(group).narrow(-1, first(channels), channels.length);
    Tensor matrix = weights.reshape(-1, channels.length);
    return matrix.t().mm(matrix);
  }

  /**
   * The kernels of one group as rows, over its kept input channels and, for each, the kernel's
   * spatial positions: (M, K * taps).
   */
  Tensor rows(int group, int[] kept) {
    Tensor block = block(group).index_select(-1, ChannelMap.indices(places(group, kept)));
    return block.movedim(-1, 1).reshape(block.size(0), -1);
  }

  /**
   * Replaces some kernels of one group.
   *
   * @param kernels their indices within the group
   * @param kept input channels that {@code rows} are about; the weights of others stay
   * @param rows as {@link #rows} returns them, of those kernels
   * @param constants what is added to the bias of each
   */
  void replace(int group, int[] kernels, int[] kept, Tensor rows, Tensor constants) {
    Tensor block = block(group);
    Tensor at = ChannelMap.indices(kernels);
    Tensor changed = block.index_select(0, at);
    long[] shape = TensorData.sizes(changed.movedim(-1, 1));
    shape[1] = kept.length;
    changed.index_copy_(
        -1, ChannelMap.indices(places(group, kept)), rows.reshape(shape).movedim(1, -1));
    block.index_copy_(0, at, changed);
    long first = group * block.size(0);
    bias.narrow(0, first, block.size(0)).index_add_(0, at, constants);
  }

  private int[] places(int group, int[] kept) {
    int size = Math.toIntExact(byInput.size(-1)) / (kernels.isInputFirst() ? kernels.group() : 1);
    int shift = kernels.isInputFirst() ? 0 : group * size;
    return Arrays.stream(kept).map(index -> index - shift).toArray();
  }

  /** The folded weight in the layer's own layout. */
  Tensor weight() {
    return byInput.movedim(-1, inAfterMove()).movedim(0, kernels.outAxis());
  }

  /** What the intercepts add to each kernel's bias. */
  Tensor bias() {
    return bias;
  }

  /** Where the input axis lies once the axis of kernels is in front. */
  private int inAfterMove() {
    return kernels.isInputFirst() ? kernels.inAxis() + 1 : kernels.inAxis();
  }

  /** The kernels of one group. */
  private Tensor block(int group) {
    if (kernels.isInputFirst()) {
      return byInput;
    }
    long rows = byInput.size(0) / kernels.group();
    return byInput.narrow(0, group * rows, rows);
  }

  /** Where a group's channels begin on the weight's axis of input channels. */
  private int first(int[] channels) {
    return kernels.isInputFirst() ? channels[0] : 0;
  }
}
