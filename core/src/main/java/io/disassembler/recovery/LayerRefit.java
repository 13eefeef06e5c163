package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.engine.Crew;
import io.disassembler.graph.Node;
import io.disassembler.operator.Bounds;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Positions;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.Weighted;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Refits the kernels of one layer of the sub-network, group by group, a depthwise layer hence
 * channel by channel: {@link KernelRefit}. They aim at what the untouched network's layer makes, or
 * where that goes into a sum, at what brings the sum right: {@link SumTarget}.
 */
final class LayerRefit {
  private final Anatomy owned;
  private final Selection selection;
  private final WeightedLayer layer;
  private final Program.Step step;
  private final KernelFold fold;
  private final Optional<SumTarget> sum;
  private final List<Part> parts = new ArrayList<>();

  /**
   * What belongs to one group of the convolution.
   *
   * @param outputs kernels that are kept, counted within the group
   * @param kept input channels that are kept
   * @param prior the kernels that are there and their constants
   */
  private record Part(int group, int[] outputs, int[] kept, Tensor prior, KernelRefit refit) {}

  private LayerRefit(
      Anatomy owned,
      Selection selection,
      WeightedLayer layer,
      Program.Step step,
      KernelFold fold,
      Optional<SumTarget> sum,
      Bounds bounds) {
    this.owned = owned;
    this.selection = selection;
    this.sum = sum;
    this.layer = layer;
    this.step = step;
    this.fold = fold;
    Tensor bias =
        TensorData.of(
                owned.weight(layer.step(), layer.kernels().bias().orElseThrow()).orElseThrow())
            .to(ScalarType.Double)
            .add(fold.bias());
    int groups = layer.kernels().group();
    int size = Math.toIntExact(bias.numel() / groups);
    for (int group = 0; group < groups; group++) {
      int[] outputs = outputs(group * size, size);
      int[] kept = layer.kept(selection, group);
      if (outputs.length > 0 && kept.length > 0) {
        Tensor at = ChannelMap.indices(outputs);
        Tensor rows = fold.rows(group, kept).index_select(0, at);
        Tensor constants = bias.narrow(0, (long) group * size, size).index_select(0, at);
        Tensor prior = torch.cat(new TensorVector(rows, constants.reshape(-1, 1)), 1);
        parts.add(
            new Part(
                group,
                outputs,
                kept,
                prior,
                new KernelRefit(outputs.length, Math.toIntExact(rows.size(1)), bounds)));
      }
    }
  }

  /**
   * A refit of {@code layer}; empty if a map from pixel to pixel is all there is: its kernels have
   * no spatial extent, nothing is added to what it makes, and all of that counts.
   *
   * @param step the layer in the sub-network
   * @param fold the layer's weights, with what is lost made up for pixel by pixel
   */
  static Optional<LayerRefit> of(
      Anatomy owned, Selection selection, WeightedLayer layer, Program.Step step, KernelFold fold) {
    long[] extents =
        owned.weight(layer.step(), layer.kernels().weight()).orElseThrow().shape().dimensions();
    long taps = Arrays.stream(extents).skip(2).reduce(1, (a, b) -> a * b);
    long most = taps * layer.kept(selection).length / layer.kernels().group();
    if (extents.length == 2 || most > KernelRefit.MOST_UNKNOWNS) {
      return Optional.empty();
    }
    Optional<SumTarget> sum = SumTarget.of(owned, layer.step());
    Bounds bounds = bounds(owned, layer.step());
    return taps > 1 || sum.isPresent() || !bounds.equals(Bounds.NONE)
        ? Optional.of(new LayerRefit(owned, selection, layer, step, fold, sum, bounds))
        : Optional.empty();
  }

  /** Between which values the readers of a node's output tell numbers apart. */
  private static Bounds bounds(Anatomy owned, int step) {
    String output = owned.node(step).outputs().get(0);
    if (owned.network().isOutput(output)) {
      return Bounds.NONE;
    }
    return IntStream.range(0, owned.steps())
        .filter(reader -> owned.node(reader).inputs().contains(output))
        .mapToObj(
            reader ->
                owned.node(reader).inputs().lastIndexOf(output) == 0
                    ? owned.bounds(reader)
                    : Bounds.NONE)
        .reduce(Bounds::and)
        .orElse(Bounds.NONE);
  }

  private int[] outputs(int first, int size) {
    String output = owned.step(layer.step()).node().outputs().get(0);
    int[] groups = owned.groups().channels(output).map(Channels::groups).orElse(null);
    return IntStream.range(0, size)
        .filter(k -> groups == null || selection.keeps(groups[first + k]))
        .toArray();
  }

  /** Solves for the kernels and puts them into the fold. */
  void solve(PairedRuns runs) {
    runs.each(run -> samples(run, runs), this::add);
    finish(runs.crew());
  }

  private void add(PairedRun run, List<Tensor> samples) {
    int first = 0;
    for (Part part : parts) {
      part.refit()
          .add(
              KernelRefit.Sample.of(samples.subList(first, first + KernelRefit.Sample.TENSORS)),
              run.isHeldOut());
      first += KernelRefit.Sample.TENSORS;
    }
  }

  private List<Tensor> samples(PairedRun run, PairedRuns runs) {
    run.full().to(layer.step() + 1);
    Kernels kernels = layer.kernels();
    Node node = step.node();
    Tensor own = run.full().value(owned.node(layer.step()).outputs().get(0));
    Tensor x = run.small().value(node.input(kernels.input()));
    Tensor weight = run.small().value(node.input(kernels.weight()));
    long positions = own.numel() / own.size(1) * runs.count();
    int every = Positions.spacing(positions, wanted(), (int) own.dim() - 2);
    Tensor aim = sum.map(s -> s.aim(own, owned, selection, run)).orElse(own);
    Tensor target = Positions.of(aim, every);
    Tensor read = taps(List.of(x, weight), every);
    List<Tensor> drawn = run.draw(target, runs.share(wanted()), rows(target), rows(read));
    return samples(drawn.get(0), drawn.get(1));
  }

  private Tensor taps(List<Tensor> operands, int every) {
    return ((Weighted) step.operator()).taps(new Inputs(operands, 1), every).orElseThrow();
  }

  private long wanted() {
    return parts.stream().mapToLong(part -> part.refit().wanted()).max().orElse(1);
  }

  /** For each part a sample. */
  private List<Tensor> samples(Tensor wide, Tensor read) {
    List<Tensor> samples = new ArrayList<>();
    long outputs = wide.size(0) / layer.kernels().group();
    long before = 0;
    for (Part part : parts) {
      Tensor target =
          wide.narrow(0, part.group() * outputs, outputs)
              .index_select(0, ChannelMap.indices(part.outputs()));
      Tensor taps = read.narrow(0, before, part.refit().unknowns()).contiguous();
      samples.addAll(KernelRefit.Sample.of(target, taps).tensors());
      before += part.refit().unknowns();
    }
    return samples;
  }

  private static Tensor rows(Tensor value) {
    return value.transpose(0, 1).reshape(value.size(1), -1);
  }

  private void finish(Crew crew) {
    crew.tensors(
        parts,
        part -> List.of(part.refit().solve(part.prior(), crew)),
        (part, solved) -> replace(part, solved.get(0)));
  }

  private void replace(Part part, Tensor solved) {
    int unknowns = part.refit().unknowns();
    fold.replace(
        part.group(),
        part.outputs(),
        part.kept(),
        solved.narrow(1, 0, unknowns),
        solved.select(1, unknowns).sub(part.prior().select(1, unknowns)));
  }
}
