package io.disassembler.recovery;

import io.disassembler.engine.Crew;
import io.disassembler.engine.NativeScope;
import io.disassembler.operator.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Regresses what a layer of the untouched network computes on every number that the kernels of the
 * sub-network's layer read: neighbouring pixels, too, tell about a channel that is gone, which no
 * map from pixel to pixel can use, and zeros of the padding count as what they are. The regression
 * is drawn towards the kernels that are there by a ridge that samples not used for it choose, and
 * is dropped where it does not lower their error.
 *
 * <p>Where a rectifier follows, values below its floor are all the same to it, as are those above
 * its ceiling if it has one, so that the regression need not meet them: they become free variables,
 * solved for in turn with the kernels (after Zhang et al., "Accelerating Very Deep Convolutional
 * Networks", TPAMI 2016, section 3.2).
 *
 * <p>All numbers that one kernel reads at one place are one sample. Few samples for each unknown
 * would learn the images by heart, many take long.
 */
final class KernelRefit {
  /** Beyond it a regression takes longer than it is worth. */
  static final int MOST_UNKNOWNS = 2000;

  private static final int SAMPLES_PER_UNKNOWN = 20;
  private static final int LEAST_SAMPLES = 20_000;

  /** Enough for kernels of a few numbers, of which a depthwise layer has many. */
  private static final int MOST_SAMPLES_PER_UNKNOWN = 500;

  private static final List<Double> RIDGES = List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0);
  private static final int ROUNDS = 4;

  private final int outputs;
  private final int unknowns;
  private final Bounds bounds;
  private final Samples fitted;
  private final Samples heldOut;

  /**
   * @param outputs kernels that are refitted
   * @param unknowns weights of one kernel, without the bias
   * @param bounds values beyond them do not matter
   */
  KernelRefit(int outputs, int unknowns, Bounds bounds) {
    this.outputs = outputs;
    this.unknowns = unknowns;
    this.bounds = bounds;
    fitted = new Samples();
    heldOut = new Samples();
  }

  /** Weights of one kernel, without the bias. */
  int unknowns() {
    return unknowns;
  }

  /** How many samples are enough. */
  long wanted() {
    long least = Math.min(LEAST_SAMPLES, (long) MOST_SAMPLES_PER_UNKNOWN * unknowns);
    return Math.max(least, (long) SAMPLES_PER_UNKNOWN * unknowns);
  }

  /**
   * Samples of some images.
   *
   * @param target (outputs, P), what the layer of the untouched network computes
   * @param taps (unknowns, P), what the kernels read
   */
  record Sample(Tensor target, Tensor taps, PairedMoments moments) {
    /** How many tensors one is. */
    static final int TENSORS = 5;

    static Sample of(Tensor target, Tensor taps) {
      return new Sample(target, taps, PairedMoments.of(target, taps));
    }

    /** What {@link #tensors} returned. */
    static Sample of(List<Tensor> tensors) {
      return new Sample(
          tensors.get(0), tensors.get(1), PairedMoments.of(tensors.subList(2, TENSORS)));
    }

    List<Tensor> tensors() {
      List<Tensor> tensors = new ArrayList<>(List.of(target, taps));
      tensors.addAll(moments.tensors());
      return tensors;
    }
  }

  /**
   * Adds samples.
   *
   * @param isHeldOut whether they choose, or are chosen for
   */
  void add(Sample sample, boolean isHeldOut) {
    (isHeldOut ? heldOut : fitted).add(sample);
  }

  /**
   * The kernels with their constants after them, (outputs, unknowns + 1), float64.
   *
   * @param prior the kernels that are there, likewise
   * @param crew looks at ridges and images side by side
   */
  Tensor solve(Tensor prior, Crew crew) {
    if (!fitted.moments().isFinite() || !heldOut.moments().isFinite()) {
      return prior;
    }
    List<Fit> fits = new ArrayList<>();
    fits.add(new Fit(0, 0, heldOut.error(prior, crew)));
    crew.each(
        RIDGES.iterator(),
        ridge ->
            NativeScope.in(
                () -> new Fit(ridge, 1, heldOut.error(fitted.moments().solve(prior, ridge), crew))),
        fits::add);
    Fit fit = fits.stream().reduce(Fit::orBetter).orElseThrow();
    if (fit.rounds() == 0) {
      return prior;
    }
    if (!bounds.equals(Bounds.NONE)) {
      PairedMoments.Equations system = fitted.moments().system(fit.ridge());
      Tensor found = system.solve(prior, fitted.moments().cross());
      for (int round = 2; round <= ROUNDS; round++) {
        found = system.solve(prior, fitted.freed(found, crew));
        fit = fit.orBetter(new Fit(fit.ridge(), round, heldOut.error(found, crew)));
      }
    }
    Samples all = fitted.and(heldOut);
    PairedMoments.Equations system = all.moments().system(fit.ridge());
    Tensor solved = system.solve(prior, all.moments().cross());
    for (int round = 2; round <= fit.rounds(); round++) {
      solved = system.solve(prior, all.freed(solved, crew));
    }
    return solved;
  }

  /** How to regress, and what error that left; no round at all leaves the prior. */
  private record Fit(double ridge, int rounds, double error) {
    Fit orBetter(Fit other) {
      return other.error < error ? other : this;
    }
  }

  /** Samples of several images and their moments. */
  private final class Samples {
    private final List<Sample> samples = new ArrayList<>();
    private PairedMoments moments = PairedMoments.none(outputs, unknowns);

    void add(Sample sample) {
      samples.add(sample);
      moments.add(sample.moments());
    }

    Samples and(Samples others) {
      Samples all = new Samples();
      all.samples.addAll(samples);
      all.samples.addAll(others.samples);
      all.moments = moments.plus(others.moments);
      return all;
    }

    PairedMoments moments() {
      return moments;
    }

    /** Summed squared error of {@code map} after the rectifier. */
    double error(Tensor map, Crew crew) {
      List<Double> errors = new ArrayList<>();
      crew.each(
          samples.iterator(),
          sample ->
              NativeScope.in(
                  () ->
                      rectified(sample.target())
                          .sub(rectified(predicted(map, sample.taps())))
                          .to(ScalarType.Double)
                          .square()
                          .sum()
                          .item_double()),
          errors::add);
      return errors.stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * Sum of y z' with targets y beyond the bounds as near to {@code map}'s values as they may be.
     */
    Tensor freed(Tensor map, Crew crew) {
      Tensor cross = torch.zeros_like(moments.cross());
      crew.tensors(
          samples,
          sample ->
              List.of(
                  freed(sample.target(), predicted(map, sample.taps()))
                      .mm(PairedMoments.withConstant(sample.taps()).t())),
          (sample, products) -> cross.add_(products.get(0)));
      return cross;
    }

    private Tensor freed(Tensor target, Tensor predicted) {
      Tensor wanted = target;
      if (bounds.hasFloor()) {
        Scalar edge = new Scalar(bounds.floor());
        wanted = torch.where(target.gt(edge), wanted, predicted.clamp_max(edge));
      }
      if (bounds.hasCeiling()) {
        Scalar edge = new Scalar(bounds.ceiling());
        wanted = torch.where(target.lt(edge), wanted, predicted.clamp_min(edge));
      }
      return wanted;
    }

    private Tensor rectified(Tensor values) {
      Tensor above = bounds.hasFloor() ? values.clamp_min(new Scalar(bounds.floor())) : values;
      return bounds.hasCeiling() ? above.clamp_max(new Scalar(bounds.ceiling())) : above;
    }

    private Tensor predicted(Tensor map, Tensor read) {
      Tensor single = map.to(ScalarType.Float);
      return single.narrow(1, 0, unknowns).mm(read).add(single.narrow(1, unknowns, 1));
    }
  }
}
