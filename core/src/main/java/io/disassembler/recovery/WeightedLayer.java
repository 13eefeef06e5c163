package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A layer that reads a profiled feature map through a weight that is known, so that some of its
 * input channels can be made to stand for others.
 *
 * @param step index of the node
 * @param featureMap what it reads
 * @param groups the channel group of each channel of the feature map
 */
record WeightedLayer(int step, Kernels kernels, String featureMap, int[] groups) {

  /** Every such layer of a network, in the order in which it runs them. */
  static List<WeightedLayer> of(Anatomy anatomy, Profile profile) {
    List<WeightedLayer> layers = new ArrayList<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.step(step).node();
      if (anatomy.kernels(step).isEmpty()) {
        continue;
      }
      Kernels kernels = anatomy.kernels(step).get();
      if (anatomy.weight(step, kernels.weight()).isEmpty()
          || !profile.featureMaps().contains(node.input(kernels.input()))
          || hasComputedBias(anatomy, step, kernels)) {
        continue;
      }
      String featureMap = node.input(kernels.input());
      Channels channels =
          anatomy
              .groups()
              .channels(featureMap)
              .orElseGet(() -> pinned(kernels.inputAxis(), profile.channels(featureMap)));
      if (channels.axis() == kernels.inputAxis()) {
        layers.add(new WeightedLayer(step, kernels, featureMap, channels.groups()));
      }
    }
    return layers;
  }

  private static boolean hasComputedBias(Anatomy anatomy, int step, Kernels kernels) {
    return kernels.bias().isPresent()
        && !anatomy.node(step).input(kernels.bias().getAsInt()).isEmpty()
        && anatomy.weight(step, kernels.bias().getAsInt()).isEmpty();
  }

  private static Channels pinned(int axis, int size) {
    int[] groups = new int[size];
    Arrays.fill(groups, Channels.FIXED);
    return new Channels(axis, groups);
  }

  /** Whether each kernel reads one channel of its own. */
  boolean isDepthwise() {
    return groups.length > 1 && kernels.group() == groups.length;
  }

  boolean loses(Selection selection) {
    return kept(selection).length < groups.length;
  }

  /** The input channels that are kept. */
  int[] kept(Selection selection) {
    return IntStream.range(0, groups.length).filter(k -> selection.keeps(groups[k])).toArray();
  }

  /** The input channels that the kernels of one group of the convolution read. */
  int[] channels(int group) {
    int size = groups.length / kernels.group();
    return IntStream.range(group * size, (group + 1) * size).toArray();
  }

  /** Those of them that are kept. */
  int[] kept(Selection selection, int group) {
    return Arrays.stream(channels(group)).filter(k -> selection.keeps(groups[k])).toArray();
  }

  /** The weight of this layer, in its own layout, float64. */
  Tensor weight(Anatomy anatomy) {
    return TensorData.of(anatomy.weight(step, kernels.weight()).orElseThrow())
        .to(ScalarType.Double);
  }

  /** What the layer's weight and, if it takes one, its bias become after {@code fold}. */
  List<Weight> folded(Anatomy owned, KernelFold fold) {
    Node node = owned.step(step).node();
    List<Weight> folded = new ArrayList<>();
    folded.add(single(node.input(kernels.weight()), fold.weight()));
    if (kernels.bias().isPresent()) {
      int operand = kernels.bias().getAsInt();
      Tensor bias = TensorData.of(owned.weight(step, operand).orElseThrow());
      folded.add(single(node.input(operand), bias.to(ScalarType.Double).add(fold.bias())));
    }
    return folded;
  }

  private static Weight single(String name, Tensor tensor) {
    return TensorData.toWeight(name, tensor.to(ScalarType.Float));
  }
}
