package io.disassembler.benchmark.libtorch;

import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The zoo's U-Net, with the weights of a given one; made in the native scope of the caller. */
public final class LibtorchUNet implements LibtorchNetwork {
  private static final int LEVELS = 5;

  private final NamedModules layers;
  private final List<UnaryOperator<Tensor>> encoders = new ArrayList<>();
  private final List<UnaryOperator<Tensor>> decoders = new ArrayList<>();
  private final UnaryOperator<Tensor> head;

  public LibtorchUNet(Network source) {
    layers = new NamedModules(source);
    for (int level = 0; level < LEVELS; level++) {
      encoders.add(twice("encoder" + level));
    }
    for (int level = 0; level < LEVELS - 1; level++) {
      decoders.add(twice("decoder" + level));
    }
    head = layers.logits("head");
  }

  @Override
  public Modules modules() {
    return layers.modules();
  }

  @Override
  public List<Tensor> run(Tensor image) {
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
    return List.of(head.apply(x));
  }

  private UnaryOperator<Tensor> twice(String name) {
    UnaryOperator<Tensor> first = layers.activated(name + ".0", name + ".1", 1, 1);
    UnaryOperator<Tensor> second = layers.activated(name + ".3", name + ".4", 1, 1);
    return x -> second.apply(first.apply(x));
  }
}
