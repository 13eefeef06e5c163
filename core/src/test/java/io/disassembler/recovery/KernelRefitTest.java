package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.Crew;
import io.disassembler.engine.NativeScope;
import io.disassembler.operator.Bounds;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelRefitTest {
  private static final Crew ALONE = Crew.ofOne(1);
  private static final int UNKNOWNS = 6;
  private static final Bounds NO_BOUNDS = Bounds.NONE;

  @BeforeEach
  void seed() {
    torch.manual_seed(3);
  }

  private static Tensor kernels(double... values) {
    return Tensor.create(values).reshape(1, -1);
  }

  private static Tensor apply(Tensor map, Tensor taps) {
    return map.to(ScalarType.Float).mm(PairedMoments.withConstant(taps));
  }

  private static double rectifiedError(Tensor map, Tensor target, Tensor taps) {
    return apply(map, taps).relu().sub(target.relu()).square().mean().item_double();
  }

  @Test
  void findsTheKernelsThatMadeTheTarget() {
    NativeScope.run(
        () -> {
          Tensor truth = kernels(1, -2, 0.5, 0, 3, -1, 0.25);
          KernelRefit refit = new KernelRefit(1, UNKNOWNS, NO_BOUNDS);
          for (boolean heldOut : new boolean[] {false, false, true}) {
            Tensor taps = torch.randn(UNKNOWNS, 4000);
            refit.add(KernelRefit.Sample.of(apply(truth, taps), taps), heldOut);
          }
          Tensor found = refit.solve(kernels(0, 0, 0, 0, 0, 0, 0), ALONE);
          assertThat(found.sub(truth).abs().max().item_double()).isLessThan(1e-3);
        });
  }

  @Test
  void keepsTheKernelsThatAreThereWhereSamplesThatItDidNotUseSaySo() {
    NativeScope.run(
        () -> {
          Tensor prior = kernels(1, 1, 1, 1, 1, 1, 1);
          Tensor other = kernels(-1, 0, 2, 0, 0, 1, 5);
          KernelRefit refit = new KernelRefit(1, UNKNOWNS, NO_BOUNDS);
          Tensor taps = torch.randn(UNKNOWNS, 500);
          refit.add(KernelRefit.Sample.of(apply(other, taps), taps), false);
          refit.add(KernelRefit.Sample.of(apply(prior, taps), taps), true);
          assertThat(refit.solve(prior, ALONE).sub(prior).abs().max().item_double()).isZero();
        });
  }

  /** What the rectifier cuts off is no linear function of the taps; the rest is. */
  @Test
  void spendsNothingOnValuesThatTheRectifierCutsOff() {
    NativeScope.run(
        () -> {
          Tensor truth = kernels(1, -1, 0.5, 0, 0, 0, 0.2);
          KernelRefit all = new KernelRefit(1, UNKNOWNS, NO_BOUNDS);
          KernelRefit rectified = new KernelRefit(1, UNKNOWNS, Bounds.above(0));
          for (boolean heldOut : new boolean[] {false, false, true}) {
            Tensor taps = torch.randn(UNKNOWNS, 4000);
            Tensor target = bentBelowZero(apply(truth, taps));
            all.add(KernelRefit.Sample.of(target, taps), heldOut);
            rectified.add(KernelRefit.Sample.of(target, taps), heldOut);
          }
          Tensor prior = kernels(0, 0, 0, 0, 0, 0, 0);
          Tensor taps = torch.randn(UNKNOWNS, 4000);
          Tensor target = bentBelowZero(apply(truth, taps));
          double found = rectifiedError(rectified.solve(prior, ALONE), target, taps);
          assertThat(found).isLessThan(0.2 * rectifiedError(all.solve(prior, ALONE), target, taps));
        });
  }

  private static Tensor bentBelowZero(Tensor values) {
    return torch.where(values.gt(new Scalar(0)), values, values.square().mul(new Scalar(-3.0)));
  }

  @Test
  void spendsNothingOnValuesBeyondTheCeiling() {
    NativeScope.run(
        () -> {
          Tensor truth = kernels(1, -1, 0.5, 0, 0, 0, 0.8);
          KernelRefit all = new KernelRefit(1, UNKNOWNS, NO_BOUNDS);
          KernelRefit bounded =
              new KernelRefit(1, UNKNOWNS, new Bounds(Double.NEGATIVE_INFINITY, 1));
          for (boolean heldOut : new boolean[] {false, false, true}) {
            Tensor taps = torch.randn(UNKNOWNS, 4000);
            Tensor target = bentAboveOne(apply(truth, taps));
            all.add(KernelRefit.Sample.of(target, taps), heldOut);
            bounded.add(KernelRefit.Sample.of(target, taps), heldOut);
          }
          Tensor prior = kernels(0, 0, 0, 0, 0, 0, 0);
          Tensor taps = torch.randn(UNKNOWNS, 4000);
          Tensor target = bentAboveOne(apply(truth, taps));
          double found = cappedError(bounded.solve(prior, ALONE), target, taps);
          assertThat(found).isLessThan(0.2 * cappedError(all.solve(prior, ALONE), target, taps));
        });
  }

  private static double cappedError(Tensor map, Tensor target, Tensor taps) {
    Tensor difference = capped(apply(map, taps)).sub(capped(target));
    return difference.square().mean().item_double();
  }

  private static Tensor capped(Tensor values) {
    return values.clamp_max(new Scalar(1.0));
  }

  private static Tensor bentAboveOne(Tensor values) {
    return torch.where(values.lt(new Scalar(1)), values, values.square().mul(new Scalar(3.0)));
  }
}
