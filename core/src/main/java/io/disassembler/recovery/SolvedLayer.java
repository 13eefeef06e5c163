package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.List;

/**
 * Solves for a layer's kernels: pixel by pixel ({@link PixelRefit}), then, starting from what came
 * out, whole ({@link LayerRefit}). A depthwise layer has nothing to make up for a channel with but
 * the channel itself, and goes by the latter alone.
 */
record SolvedLayer(Anatomy owned, Selection selection, Profile profile, WeightedLayer layer)
    implements Refit {

  @Override
  public int step() {
    return layer.step();
  }

  @Override
  public int[] operands() {
    return new int[] {layer.kernels().weight(), layer.kernels().bias().orElseThrow()};
  }

  @Override
  public List<Weight> solve(PairedRuns runs, Program.Step small) {
    KernelFold fold = new KernelFold(layer.kernels(), layer.weight(owned));
    if (!layer.isDepthwise()) {
      PixelRefit pixels =
          new PixelRefit(layer, selection, profile.moments(layer.featureMap()), runs);
      for (int group = 0; group < layer.kernels().group(); group++) {
        pixels.apply(fold, group);
      }
    }
    LayerRefit.of(owned, selection, layer, small, fold).ifPresent(refit -> refit.solve(runs));
    return layer.folded(owned, fold);
  }
}
