package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class PairedMomentsTest {
  private static final int CHANNELS = 40;

  /** The rounding of their products is more than the ridge, which goes by their variance. */
  @Test
  void solvesForLargeChannelsThatHardlyVary() {
    NativeScope.run(
        () -> {
          torch.manual_seed(1);
          Tensor z = torch.randn(CHANNELS, 3000).mul(new Scalar(1e-4)).add(new Scalar(3000.0));
          Tensor x = torch.randn(1, 3000);
          Tensor prior = torch.zeros(1, CHANNELS + 1).to(ScalarType.Double);
          PairedMoments moments = PairedMoments.none(1, CHANNELS);
          moments.add(PairedMoments.of(x, z));
          Tensor solved = moments.solve(prior, 1e-4);
          assertThat(solved.isfinite().all().item_bool()).isTrue();
          Tensor left = x.sub(solved.to(ScalarType.Float).mm(PairedMoments.withConstant(z)));
          assertThat(left.square().mean().item_double()).isLessThan(2);
        });
  }
}
