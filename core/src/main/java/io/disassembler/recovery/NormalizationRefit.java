package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Affine;
import io.disassembler.operator.Normalizing;
import io.disassembler.operator.Program;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Refits scale and shift of a normalisation that is in no layer's weights, as after a
 * concatenation. What the untouched network's normalisation makes, y, is regressed on what the
 * sub-network's reads, z, channel by channel: y ~ a z + b, with a drawn towards the a_0 that is
 * there,
 *
 * <p>a = (cov(z, y) + rho var(z) a_0) / ((1 + rho) var(z)), b = mean(y) - a mean(z).
 *
 * <p>Images that are held out choose rho for each channel, and the channel stays as it is where no
 * rho lowers their error. Where a sum follows, y is what brings that right: {@link SumTarget}.
 *
 * @param step index of the normalisation
 */
record NormalizationRefit(Anatomy owned, Selection selection, int step) implements Refit {
  private static final double[] RIDGES = {1e-3, 1e-2, 1e-1, 1, 10};

  /** Enough for two numbers of each channel. */
  private static final int SAMPLES = 20_000;

  /** Every normalisation of N x C x H x W values whose scale and shift no other node reads. */
  static List<NormalizationRefit> of(Anatomy owned, Selection selection) {
    return IntStream.range(0, owned.steps())
        .filter(step -> owned.affine(step).isPresent())
        .mapToObj(step -> new NormalizationRefit(owned, selection, step))
        .filter(refit -> Layout.isMaps(refit.shape().rank()) && refit.isOwn())
        .toList();
  }

  private Shape shape() {
    return owned.probe().shape(node().outputs().get(0));
  }

  private boolean isOwn() {
    return IntStream.of(operands())
        .mapToObj(operand -> node().input(operand))
        .allMatch(
            name ->
                owned.network().consumers(name).size() == 1
                    && node().inputs().stream().filter(name::equals).count() == 1);
  }

  private Node node() {
    return owned.node(step);
  }

  @Override
  public int[] operands() {
    Normalizing normalization = (Normalizing) owned.step(step).operator();
    return new int[] {normalization.channelScale(), normalization.channelShift()};
  }

  @Override
  public List<Weight> solve(PairedRuns runs, Program.Step small) {
    int[] kept = SelectedChannels.of(owned, selection, node().outputs().get(0));
    Optional<SumTarget> sum = SumTarget.of(owned, step);
    ChannelSums fitted = new ChannelSums(kept.length);
    ChannelSums heldOut = new ChannelSums(kept.length);
    runs.each(
        run -> {
          run.full().to(step + 1);
          return samples(run, runs.share(SAMPLES), small, kept, sum);
        },
        (run, samples) -> (run.isHeldOut() ? heldOut : fitted).add(samples.get(0), samples.get(1)));
    return refitted(kept, fitted, heldOut);
  }

  private List<Tensor> samples(
      PairedRun run, long most, Program.Step small, int[] kept, Optional<SumTarget> sum) {
    Tensor z = run.small().value(small.node().input(0));
    Tensor own = run.full().value(node().outputs().get(0));
    Tensor y =
        sum.map(target -> target.aim(own, owned, selection, run))
            .orElse(own)
            .index_select(1, ChannelMap.indices(kept));
    return run.draw(z, most, rows(z), rows(y)).stream()
        .map(drawn -> drawn.to(ScalarType.Double))
        .toList();
  }

  private static Tensor rows(Tensor value) {
    return value.transpose(0, 1).reshape(value.size(1), -1);
  }

  /** The weights with what was found, as gamma' (z - mean) / sigma + beta' = a z + b. */
  private List<Weight> refitted(int[] kept, ChannelSums fitted, ChannelSums heldOut) {
    Affine prior = owned.affine(step).orElseThrow();
    Weight scale = owned.weight(step, operands()[0]).orElseThrow();
    Weight shift = owned.weight(step, operands()[1]).orElseThrow();
    float[] gamma = scale.floats();
    float[] beta = shift.floats();
    ChannelSums all = fitted.plus(heldOut);
    for (int k = 0; k < kept.length; k++) {
      int channel = kept[k];
      double slope = prior.slope()[channel];
      double intercept = prior.intercept()[channel];
      double ridge = ridge(k, slope, intercept, fitted, heldOut);
      if (slope != 0 && !Double.isNaN(ridge)) {
        double a = all.slope(k, slope, ridge);
        double mean = (beta[channel] - intercept) / slope;
        gamma[channel] = (float) (gamma[channel] * a / slope);
        beta[channel] = (float) (all.intercept(k, a) + a * mean);
      }
    }
    return List.of(
        Weight.ofFloats(scale.name(), scale.shape(), gamma),
        Weight.ofFloats(shift.name(), shift.shape(), beta));
  }

  /** The ridge that images held out choose; NaN if none lowers their error. */
  private static double ridge(
      int k, double slope, double intercept, ChannelSums fitted, ChannelSums heldOut) {
    double least = heldOut.error(k, slope, intercept);
    double best = Double.NaN;
    for (double ridge : RIDGES) {
      double a = fitted.slope(k, slope, ridge);
      double error = heldOut.error(k, a, fitted.intercept(k, a));
      if (error < least) {
        least = error;
        best = ridge;
      }
    }
    return best;
  }
}
