package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.List;

/**
 * Training-free recovery in one shot (docs/architecture.md, "Recovery"): what the channels carried
 * that a selection does not keep is predicted from those that it keeps, and the prediction is
 * folded into the weights of the layers that read them. The result is as large as the full network,
 * but made for losing those channels; cut it with the same selection.
 */
public final class Recovery {
  /** Share of the mean variance that is added to each kept channel's. */
  public static final double RIDGE = 1e-3;

  private Recovery() {}

  /** The full network, prepared for the loss of what {@code selection} does not keep. */
  public static Anatomy recover(
      Anatomy anatomy, Selection selection, Profile profile, RecoveryMethod method) {
    if (method == RecoveryMethod.NONE) {
      return anatomy;
    }
    List<WeightedLayer> layers =
        WeightedLayer.of(anatomy, profile).stream().filter(l -> l.loses(selection)).toList();
    return fold(OwnWeights.give(anatomy, layers), layers, selection, profile, method);
  }

  /**
   * @param owned a network in which {@code layers} have their own weights
   */
  static Anatomy fold(
      Anatomy owned,
      List<WeightedLayer> layers,
      Selection selection,
      Profile profile,
      RecoveryMethod method) {
    Network.Builder builder = owned.network().toBuilder();
    for (WeightedLayer layer : layers) {
      NativeScope.in(() -> layer.folded(owned, fold(owned, layer, selection, profile, method)))
          .forEach(builder::weight);
    }
    return owned.withNetwork(builder.build());
  }

  private static KernelFold fold(
      Anatomy owned,
      WeightedLayer layer,
      Selection selection,
      Profile profile,
      RecoveryMethod method) {
    KernelFold fold = new KernelFold(layer.kernels(), layer.weight(owned));
    Moments moments = profile.moments(layer.featureMap());
    for (int group = 0; group < layer.kernels().group(); group++) {
      // Only the channels of its own group reach a kernel, so only they can stand in for each
      // other.
      int[] channels = layer.channels(group);
      int[] kept = layer.kept(selection, group);
      if (kept.length > 0 && kept.length < channels.length) {
        fold.apply(group, channels, kept, method.map(moments, channels, kept));
      }
    }
    return fold;
  }
}
