package io.disassembler.engine;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets libtorch up for the process, and makes sure that it computes what it should. */
final class Libtorch {
  private static final Logger LOG = LoggerFactory.getLogger(Libtorch.class);
  private static final double TOLERANCE = 1e-3;

  /** N, C, K, kernel, H, W: channels that do not fill a vector are where it goes wrong. */
  private static final int[][] CONVOLUTIONS = {
    {2, 7, 5, 3, 8, 8}, {2, 13, 29, 3, 24, 40}, {1, 100, 50, 3, 16, 16}, {2, 16, 16, 3, 16, 16}
  };

  private Libtorch() {}

  static void prepare() {
    // OpenBLAS has threads of its own beside libtorch's. Both spin while they wait, and where they
    // are more than the cores, small products take a hundred times as long.
    openblas_nolapack.blas_set_num_threads(1);
    Context context = torch.globalContext();
    // Where it does not know the processor, libtorch warns of it at each convolution and computes
    // without it; so it does everywhere.
    context.setUserEnabledNNPACK(false);
    if (!convolves(context)) {
      context.setUserEnabledMkldnn(false);
      LOG.warn(
          "oneDNN convolves wrongly on this machine, as it does in virtual machines that hide the processor's caches; going on without it, which is slower");
    }
  }

  /** Whether oneDNN's convolutions and their gradients agree with libtorch's own. */
  private static boolean convolves(Context context) {
    boolean right = true;
    try (PointerScope scope = new PointerScope()) {
      for (int[] shape : CONVOLUTIONS) {
        Tensor images = wave(shape[0], shape[1], shape[4], shape[5]);
        Tensor kernels = wave(shape[2], shape[1], shape[3], shape[3]);
        List<Tensor> found = convolution(images, kernels);
        context.setUserEnabledMkldnn(false);
        List<Tensor> expected = convolution(images, kernels);
        context.setUserEnabledMkldnn(true);
        for (int i = 0; i < found.size(); i++) {
          right &= near(found.get(i), expected.get(i));
        }
      }
    }
    return right;
  }

  /** The output, and the gradients of its squares' sum. */
  private static List<Tensor> convolution(Tensor images, Tensor kernels) {
    Tensor input = images.clone().set_requires_grad(true);
    Tensor weight = kernels.clone().set_requires_grad(true);
    long[] one = {1, 1};
    Tensor output = torch.conv2d(input, weight, new TensorOptional(), one, one, one, 1);
    output.square().sum().backward();
    return List.of(output.detach(), input.grad(), weight.grad());
  }

  private static boolean near(Tensor found, Tensor expected) {
    double difference = found.sub(expected).abs().max().item_double();
    return difference <= TOLERANCE * expected.abs().max().item_double();
  }

  /** Values in [-1, 1] without a pattern, the same each time. */
  private static Tensor wave(long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    Tensor steps = torch.arange(new Scalar((double) size));
    return steps.square().mul(new Scalar(0.7)).sin().reshape(shape);
  }
}
