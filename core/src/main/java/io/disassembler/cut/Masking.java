package io.disassembler.cut;

import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.operator.TensorData;
import io.disassembler.selection.Selection;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a full network as if channels were cut: sets them to zero as soon as they are made. What a
 * cut network must agree with. Whole numbers stay: as the places that a MaxPool found they count
 * the elements of all channels, and zero would be a place in the first.
 */
public final class Masking {
  private Masking() {}

  /** {@code request} with every channel zeroed that {@code selection} does not keep. */
  public static ForwardRequest mask(
      ForwardRequest request, ChannelGroups groups, Selection selection) {
    return request.transforming((value, tensor) -> mask(value, tensor, groups, selection));
  }

  private static Tensor mask(
      String value, Tensor tensor, ChannelGroups groups, Selection selection) {
    Channels channels = groups.values().get(value);
    if (channels == null
        || !tensor.is_floating_point()
        || selection.kept(channels).length == channels.groups().length) {
      return tensor;
    }
    long[] keep = new long[channels.groups().length];
    for (int index : selection.kept(channels)) {
      keep[index] = 1;
    }
    long[] shape = new long[TensorData.sizes(tensor).length];
    Arrays.fill(shape, 1);
    shape[channels.axis()] = keep.length;
    Tensor mask = TensorData.ofLongs(keep, shape).to(tensor.device(), tensor.scalar_type());
    return torch.where(
        mask.ne(new org.bytedeco.pytorch.Scalar(0)), tensor, torch.zeros_like(tensor));
  }
}
