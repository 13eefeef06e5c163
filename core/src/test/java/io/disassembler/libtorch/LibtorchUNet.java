package io.disassembler.libtorch;

import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The zoo's U-Net written directly with libtorch's modules, with the weights of a given one. */
public final class LibtorchUNet implements UnaryOperator<Tensor> {
  private static final int LEVELS = 5;

  private final Network source;
  private final Modules modules = new Modules();
  private final List<UnaryOperator<Tensor>> encoders = new ArrayList<>();
  private final List<UnaryOperator<Tensor>> decoders = new ArrayList<>();
  private final Conv2dImpl head;

  /** Made in the native scope of the caller. */
  public LibtorchUNet(Network source) {
    this.source = source;
    for (int level = 0; level < LEVELS; level++) {
      encoders.add(twice("encoder" + level));
    }
    for (int level = 0; level < LEVELS - 1; level++) {
      decoders.add(twice("decoder" + level));
    }
    head = modules.convolution(weight("head.weight"), weight("head.bias"), 1, 0, 1, 1);
  }

  public Modules modules() {
    return modules;
  }

  @Override
  public Tensor apply(Tensor image) {
    List<Tensor> skips = new ArrayList<>();
    Tensor x = encoders.get(0).apply(image);
    for (int level = 1; level < LEVELS; level++) {
      skips.add(x);
      x = encoders.get(level).apply(torch.max_pool2d(x, 2, 2));
    }
    for (int level = LEVELS - 2; level >= 0; level--) {
      Tensor skip = skips.get(level);
      Tensor up = torch.upsample_bilinear2d(x, new long[] {skip.size(2), skip.size(3)}, false);
      x = decoders.get(level).apply(torch.cat(new TensorVector(skip, up), 1));
    }
    return head.forward(x);
  }

  private UnaryOperator<Tensor> twice(String name) {
    UnaryOperator<Tensor> first = normalized(name + ".0", name + ".1");
    UnaryOperator<Tensor> second = normalized(name + ".3", name + ".4");
    return x -> second.apply(first.apply(x));
  }

  private UnaryOperator<Tensor> normalized(String convolution, String normalization) {
    Conv2dImpl first = modules.convolution(weight(convolution + ".weight"), null, 1, 1, 1, 1);
    BatchNorm2dImpl second =
        modules.normalization(
            weight(normalization + ".weight"),
            weight(normalization + ".bias"),
            weight(normalization + ".running_mean"),
            weight(normalization + ".running_var"));
    return x -> second.forward(first.forward(x)).relu();
  }

  private Weight weight(String name) {
    return Objects.requireNonNull(source.weights().get(name), name);
  }
}
