package io.disassembler.libtorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Random convolutions and their gradients in single precision agree with those in double precision,
 * which no library of fast kernels computes. {@code -Ddisassembler.seed=N} starts at another seed.
 */
class LibtorchTest {
  private static final long FIRST_SEED = Long.getLong("disassembler.seed", 1);
  private static final int CONVOLUTIONS = 40;

  @TestFactory
  Stream<DynamicTest> convolvesRight() {
    Libtorch.prepare();
    return LongStream.range(FIRST_SEED, FIRST_SEED + CONVOLUTIONS)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed, () -> NativeScope.run(() -> convolvesRight(seed))));
  }

  @Test
  void wrongNumbersAreNotNear() {
    NativeScope.run(
        () -> {
          Tensor expected = Tensor.create(1f, -2f, 3f);
          assertThat(ConvolutionTrial.near(Tensor.create(1f, -2f, 3.0001f), expected)).isTrue();
          assertThat(ConvolutionTrial.near(Tensor.create(1f, -2.03f, 3f), expected)).isFalse();
          assertThat(ConvolutionTrial.near(Tensor.create(Float.NaN, -2f, 3f), expected)).isFalse();
          assertThat(
                  ConvolutionTrial.near(Tensor.create(1f, Float.NEGATIVE_INFINITY, 3f), expected))
              .isFalse();
        });
  }

  private static void convolvesRight(long seed) {
    Random random = new Random(seed);
    torch.manual_seed(seed);
    int groups = random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 1;
    int channels = groups * (1 + random.nextInt(120 / groups));
    int kernels = groups * (1 + random.nextInt(120 / groups));
    int size = 1 + 2 * random.nextInt(3);
    int stride = 1 + random.nextInt(2);
    int height = 5 + random.nextInt(30);
    int width = 5 + random.nextInt(30);
    Tensor images = torch.randn(1 + random.nextInt(3), channels, height, width);
    Tensor weight = torch.randn(kernels, channels / groups, size, size);
    List<Tensor> single = convolution(images, weight, stride, groups);
    List<Tensor> twice =
        convolution(images.to(ScalarType.Double), weight.to(ScalarType.Double), stride, groups);
    for (int i = 0; i < single.size(); i++) {
      double error = single.get(i).sub(twice.get(i)).abs().max().item_double();
      assertThat(error / twice.get(i).abs().max().item_double())
          .as(
              "%s of %d images' %d x %d x %d, %d kernels of %d x %d, stride %d, %d groups",
              List.of("output", "gradient of images", "gradient of kernels").get(i),
              images.size(0),
              channels,
              height,
              width,
              kernels,
              size,
              size,
              stride,
              groups)
          .isLessThan(1e-4);
    }
  }

  /** The output, and the gradients of its squares' sum by images and kernels. */
  private static List<Tensor> convolution(Tensor images, Tensor weight, int stride, int groups) {
    Tensor input = images.clone().set_requires_grad(true);
    Tensor kernels = weight.clone().set_requires_grad(true);
    long padding = weight.size(2) / 2;
    Tensor output =
        torch.conv2d(
            input,
            kernels,
            new TensorOptional(),
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {1, 1},
            groups);
    output.square().sum().backward();
    return List.of(output.detach(), input.grad(), kernels.grad());
  }
}
