package io.disassembler.benchmark.libtorch;

import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The zoo's DeepLabV3 on ResNet-18 at output stride 16 with its auxiliary head, with the weights of
 * a given one; made in the native scope of the caller.
 */
public final class LibtorchDeepLab implements LibtorchNetwork {
  private static final int STAGES = 4;
  private static final int RATE = 6;

  private final NamedModules layers;
  private final UnaryOperator<Tensor> stem;
  private final List<List<UnaryOperator<Tensor>>> stages = new ArrayList<>();
  private final List<UnaryOperator<Tensor>> branches = new ArrayList<>();
  private final UnaryOperator<Tensor> pooled;
  private final UnaryOperator<Tensor> project;
  private final UnaryOperator<Tensor> refine;
  private final UnaryOperator<Tensor> head;
  private final UnaryOperator<Tensor> auxiliary;
  private final UnaryOperator<Tensor> auxiliaryHead;

  public LibtorchDeepLab(Network source) {
    layers = new NamedModules(source);
    stem = layers.activated("backbone.conv1", "backbone.bn1", 2, 1);
    for (int stage = 1; stage <= STAGES; stage++) {
      boolean strides = stage == 2 || stage == 3;
      String name = "backbone.layer" + stage;
      stages.add(
          List.of(
              block(name + ".0.", strides ? 2 : 1, 1),
              block(name + ".1.", 1, stage == STAGES ? 2 : 1)));
    }
    branches.add(layers.activated("classifier.0.convs.0.0", "classifier.0.convs.0.1", 1, 1));
    for (int i = 1; i <= 3; i++) {
      String name = "classifier.0.convs." + i;
      branches.add(layers.activated(name + ".0", name + ".1", 1, i * RATE));
    }
    pooled = layers.activated("classifier.0.convs.4.1", "classifier.0.convs.4.2", 1, 1);
    project = layers.activated("classifier.0.project.0", "classifier.0.project.1", 1, 1);
    refine = layers.activated("classifier.1", "classifier.2", 1, 1);
    head = layers.logits("classifier.4");
    auxiliary = layers.activated("aux_classifier.0", "aux_classifier.1", 1, 1);
    auxiliaryHead = layers.logits("aux_classifier.4");
  }

  @Override
  public Modules modules() {
    return layers.modules();
  }

  @Override
  public List<Tensor> run(Tensor image) {
    Tensor x =
        torch.max_pool2d(
            stem.apply(image),
            new long[] {3, 3},
            new long[] {2, 2},
            new long[] {1, 1},
            new long[] {1, 1},
            false);
    Tensor before = x;
    for (List<UnaryOperator<Tensor>> stage : stages) {
      before = x;
      for (UnaryOperator<Tensor> block : stage) {
        x = block.apply(x);
      }
    }
    List<Tensor> all = new ArrayList<>();
    for (UnaryOperator<Tensor> branch : branches) {
      all.add(branch.apply(x));
    }
    all.add(enlarged(pooled.apply(x.mean(new long[] {2, 3}, true, new ScalarTypeOptional())), x));
    Tensor joined = torch.cat(new TensorVector(all.toArray(Tensor[]::new)), 1);
    Tensor logits = head.apply(refine.apply(project.apply(joined)));
    Tensor helping = auxiliaryHead.apply(auxiliary.apply(before));
    return List.of(enlarged(logits, image), enlarged(helping, image));
  }

  private UnaryOperator<Tensor> block(String name, int stride, int dilation) {
    UnaryOperator<Tensor> first = layers.activated(name + "conv1", name + "bn1", stride, dilation);
    UnaryOperator<Tensor> second = layers.normalized(name + "conv2", name + "bn2", 1, dilation);
    UnaryOperator<Tensor> shortcut =
        layers.has(name + "downsample.0")
            ? layers.normalized(name + "downsample.0", name + "downsample.1", stride, 1)
            : UnaryOperator.identity();
    return x -> second.apply(first.apply(x)).add(shortcut.apply(x)).relu();
  }

  private static Tensor enlarged(Tensor x, Tensor like) {
    return torch.upsample_bilinear2d(x, new long[] {like.size(2), like.size(3)}, false);
  }
}
