package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Training-free recovery in one shot (DESIGN.md section 2.3): what the channels carried that a
 * selection does not keep is predicted from those that it keeps, and the prediction is folded into
 * the weights of the layers that read them. The result is as large as the full network, but made
 * for losing those channels; cut it with the same selection.
 */
public final class Recovery {
  /** Share of the mean variance that is added to each kept channel's. */
  public static final double RIDGE = 1e-3;

  private final Anatomy anatomy;
  private final Selection selection;
  private final Profile profile;
  private final RecoveryMethod method;
  private final Network.Builder builder;

  private Recovery(Anatomy anatomy, Selection selection, Profile profile, RecoveryMethod method) {
    this.anatomy = anatomy;
    this.selection = selection;
    this.profile = profile;
    this.method = method;
    this.builder = anatomy.network().toBuilder();
  }

  /** The full network, prepared for the loss of what {@code selection} does not keep. */
  public static Anatomy recover(
      Anatomy anatomy, Selection selection, Profile profile, RecoveryMethod method) {
    return method == RecoveryMethod.NONE
        ? anatomy
        : new Recovery(anatomy, selection, profile, method).recover();
  }

  private Anatomy recover() {
    List<Node> nodes = new ArrayList<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      nodes.add(recovered(step));
    }
    return anatomy.withNetwork(builder.nodes(nodes).build());
  }

  private Node recovered(int step) {
    Node node = anatomy.step(step).node();
    Kernels kernels = anatomy.step(step).operator().kernels(anatomy.shapes(step));
    if (kernels == null) {
      return node;
    }
    String featureMap = node.input(kernels.input());
    Optional<Channels> channels = anatomy.groups().channels(featureMap);
    Optional<Weight> weight = anatomy.weight(step, kernels.weight());
    boolean foldable =
        channels.isPresent()
            && weight.isPresent()
            && channels.get().axis() == kernels.inputAxis()
            && selection.count(channels.get()) < channels.get().groups().length
            && profile.featureMaps().contains(featureMap)
            && (kernels.bias() < 0
                || node.input(kernels.bias()).isEmpty()
                || anatomy.weight(step, kernels.bias()).isPresent());
    return foldable
        ? fold(step, node, kernels, channels.get(), weight.get(), profile.moments(featureMap))
        : node;
  }

  private Node fold(
      int step, Node node, Kernels kernels, Channels channels, Weight weight, Moments moments) {
    Weight old = kernels.bias() < 0 ? null : anatomy.weight(step, kernels.bias()).orElse(null);
    String weightName = privateName(node, weight.name(), "/weight");
    String biasName = privateName(node, old == null ? "" : old.name(), "/bias");
    List<Weight> folded =
        NativeScope.in(
            () -> {
              KernelFold fold =
                  new KernelFold(kernels, TensorData.of(weight).to(ScalarType.Double));
              for (int group = 0; group < kernels.group(); group++) {
                foldGroup(fold, group, channels, moments);
              }
              Tensor bias =
                  old == null
                      ? fold.bias()
                      : TensorData.of(old).to(ScalarType.Double).add(fold.bias());
              return List.of(
                  TensorData.toWeight(weightName, fold.weight().to(ScalarType.Float)),
                  TensorData.toWeight(biasName, bias.to(ScalarType.Float)));
            });
    builder.weight(folded.get(0));
    Node result = node.withInput(kernels.weight(), weightName);
    if (kernels.bias() >= 0) {
      builder.weight(folded.get(1));
      result = result.withInput(kernels.bias(), biasName);
    }
    return result;
  }

  /** The weight's own name where only this node reads it; a new one where others do. */
  private String privateName(Node node, String name, String suffix) {
    boolean own =
        !name.isEmpty()
            && anatomy.network().consumers(name).size() == 1
            && node.inputs().stream().filter(name::equals).count() == 1;
    return own ? name : node.outputs().get(0) + suffix;
  }

  /**
   * Only the channels of its own group reach a kernel, so only they can stand in for each other.
   */
  private void foldGroup(KernelFold fold, int group, Channels channels, Moments moments) {
    int size = channels.groups().length / fold.kernels().group();
    int[] kept = inGroup(channels, group * size, size, true);
    int[] removed = inGroup(channels, group * size, size, false);
    if (kept.length == 0 || removed.length == 0) {
      return;
    }
    ChannelMap map =
        method == RecoveryMethod.MEAN
            ? ChannelMap.mean(moments, kept, removed)
            : ChannelMap.ridge(moments, kept, removed, RIDGE);
    fold.apply(group, size, kept, removed, map);
  }

  private int[] inGroup(Channels channels, int start, int size, boolean kept) {
    return IntStream.range(start, start + size)
        .filter(k -> selection.keeps(channels.groups()[k]) == kept)
        .toArray();
  }
}
