package io.disassembler.recovery;

import io.disassembler.operator.Positions;
import io.disassembler.profile.Moments;
import io.disassembler.selection.Selection;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Regresses what a layer of the untouched network reads on what the sub-network's layer really
 * reads by then, errors of earlier layers included, pixel by pixel. The regression is drawn towards
 * the one-shot map by a ridge that images not used for it choose, and dropped where it does not
 * lower their error.
 *
 * @param moments of what the layer reads, from the profile
 */
record PixelRefit(WeightedLayer layer, Selection selection, Moments moments, PairedRuns runs) {
  /** Candidates for the ridge, as shares of the mean variance of the sub-network's channels. */
  private static final double[] RIDGES = {1e-3, 1e-2, 1e-1, 1, 10};

  private static final long LEAST_SAMPLES = 50_000;
  private static final long SAMPLES_PER_CHANNEL = 100;

  /**
   * Makes up for what one group of the layer's kernels loses.
   *
   * @param group the group of the convolution
   */
  void apply(KernelFold fold, int group) {
    int[] channels = layer.channels(group);
    int[] kept = layer.kept(selection, group);
    if (kept.length > 0) {
      fold.apply(group, channels, kept, map(fold.gram(group, channels), channels, kept));
    }
  }

  private ChannelMap map(Tensor gram, int[] channels, int[] kept) {
    ChannelMap oneShot = RecoveryMethod.RIDGE.map(moments, channels, kept);
    PairedMoments fitted = PairedMoments.none(channels.length, kept.length);
    PairedMoments heldOut = PairedMoments.none(channels.length, kept.length);
    runs.each(
        run -> moments(run, channels, kept).tensors(),
        (run, found) -> (run.isHeldOut() ? heldOut : fitted).add(PairedMoments.of(found)));
    if (!fitted.isFinite() || !heldOut.isFinite()) {
      return oneShot;
    }
    Tensor prior =
        torch.cat(new TensorVector(oneShot.slope(), oneShot.intercept().reshape(-1, 1)), 1);
    double least = heldOut.error(gram, prior);
    double best = Double.NaN;
    for (double ridge : RIDGES) {
      double error = heldOut.error(gram, fitted.solve(prior, ridge));
      if (error < least) {
        least = error;
        best = ridge;
      }
    }
    if (Double.isNaN(best)) {
      return oneShot;
    }
    Tensor map = fitted.plus(heldOut).solve(prior, best);
    return new ChannelMap(map.narrow(1, 0, kept.length), map.select(1, kept.length));
  }

  private PairedMoments moments(PairedRun run, int[] channels, int[] kept) {
    int axis = layer.kernels().inputAxis();
    int[] all = layer.kept(selection);
    int[] places = Arrays.stream(kept).map(k -> Arrays.binarySearch(all, k)).toArray();
    Tensor full = run.full().value(layer.featureMap());
    Tensor small = run.small().value(layer.featureMap());
    int every = spacing(full, axis);
    Tensor x = pixels(full, axis, every, channels);
    Tensor z = pixels(small, axis, every, places);
    List<Tensor> drawn =
        axis == 1
            ? run.draw(Positions.of(full, every), runs.share(wanted(full.size(axis))), x, z)
            : List.of(x, z);
    return PairedMoments.of(drawn.get(0), drawn.get(1));
  }

  private int spacing(Tensor value, int axis) {
    long positions = value.numel() / value.size(axis) * runs.count();
    return axis == 1
        ? Positions.spacing(positions, wanted(value.size(axis)), (int) value.dim() - 2)
        : 1;
  }

  private static long wanted(long channels) {
    return Math.max(LEAST_SAMPLES, SAMPLES_PER_CHANNEL * channels);
  }

  private static Tensor pixels(Tensor value, int axis, int every, int[] channels) {
    return Positions.of(value, every)
        .movedim(axis, 0)
        .reshape(value.size(axis), -1)
        .index_select(0, ChannelMap.indices(channels));
  }
}
