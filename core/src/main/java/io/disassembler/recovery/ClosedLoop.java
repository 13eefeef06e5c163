package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.cut.Cutter;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Walk;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Positions;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Training-free recovery in closed loop (docs/architecture.md, "Closed loop"): starts from the
 * one-shot recovery, then goes through the layers in the order in which they run, with the
 * untouched network and the sub-network side by side on calibration images. What each layer of the
 * untouched network reads is regressed on what the sub-network's layer really reads by then, errors
 * of earlier layers included, and the regression is folded into the layer's weights. Each
 * regression is drawn towards the one-shot map by a ridge that images not used for the regression
 * choose, and is dropped where it does not lower their error; then it is repeated on all images. In
 * the end the whole is dropped unless it lowers the error at the network's output on a quarter of
 * the images, which by then took part in those repetitions.
 */
public final class ClosedLoop {
  /** Candidates for the ridge, as shares of the mean variance of the sub-network's channels. */
  private static final double[] RIDGES = {1e-3, 1e-2, 1e-1, 1, 10};

  /** One batch in so many decides about ridges; it is used for the regression afterwards. */
  private static final int HELD_OUT = 4;

  private static final long LEAST_SAMPLES = 50_000;
  private static final long SAMPLES_PER_CHANNEL = 100;

  private final Anatomy owned;
  private final Selection selection;
  private final Profile profile;
  private final List<Run> runs = new ArrayList<>();

  /** One batch of images on its way through both networks. */
  private record Run(Walk full, Walk small) {}

  private ClosedLoop(Anatomy owned, Selection selection, Profile profile) {
    this.owned = owned;
    this.selection = selection;
    this.profile = profile;
  }

  /** The full network, prepared for the loss of what {@code selection} does not keep. */
  public static Anatomy recover(
      Anatomy anatomy, Selection selection, Profile profile, Calibration calibration) {
    List<WeightedLayer> layers =
        WeightedLayer.of(anatomy, profile).stream().filter(ClosedLoop::isSolvable).toList();
    Anatomy owned = OwnWeights.give(anatomy, layers);
    Anatomy oneShot = Recovery.recover(owned, selection, profile, RecoveryMethod.RIDGE);
    Network cut = Cutter.cut(oneShot, selection);
    Anatomy closed =
        NativeScope.in(
            () ->
                new ClosedLoop(owned, selection, profile)
                    .follow(oneShot, Program.parse(cut), layers, calibration));
    int threads = anatomy.threads();
    return error(Cutter.cut(closed, selection), calibration, threads)
            < error(cut, calibration, threads)
        ? closed
        : oneShot;
  }

  private static boolean isSolvable(WeightedLayer layer) {
    boolean depthwise = layer.kernels().group() == layer.groups().length;
    return layer.kernels().bias().isPresent() && !(depthwise && layer.groups().length > 1);
  }

  private Anatomy follow(
      Anatomy oneShot, Program cut, List<WeightedLayer> layers, Calibration calibration) {
    Network.Builder recovered = oneShot.network().toBuilder();
    Map<String, Integer> steps = new HashMap<>();
    for (int step = 0; step < cut.steps().size(); step++) {
      steps.put(cut.steps().get(step).node().outputs().get(0), step);
    }
    try (Engine full = owned.engine();
        Engine small = Engine.of(cut, EngineSettings.onCpu(owned.threads()))) {
      for (Calibration.Batch batch : calibration.batches()) {
        runs.add(new Run(full.walk(batch.inputs()), small.walk(batch.inputs())));
      }
      for (WeightedLayer layer : layers) {
        Integer step = steps.get(owned.step(layer.step()).node().outputs().get(0));
        if (step != null) {
          runs.forEach(run -> run.full().to(layer.step()));
          runs.forEach(run -> run.small().to(step));
          List<Weight> solved = NativeScope.in(() -> solve(layer, cut.steps().get(step)));
          solved.forEach(recovered::weight);
          replace(small, cut.steps().get(step).node(), layer, solved);
        }
      }
    }
    return oneShot.withNetwork(recovered.build());
  }

  /** Summed squared difference from the full network's output on what regressions chose by. */
  private static double error(Network cut, Calibration calibration, int threads) {
    String output = cut.outputs().get(0).name();
    double sum = 0;
    try (Engine engine = Engine.of(Program.parse(cut), EngineSettings.onCpu(threads))) {
      for (int i = 0; i < calibration.batches().size(); i++) {
        Calibration.Batch batch = calibration.batches().get(i);
        if (isHeldOut(i)) {
          sum +=
              engine.run(
                  batch.inputs(),
                  ForwardRequest.outputs(),
                  forward ->
                      forward
                          .value(output)
                          .to(ScalarType.Double)
                          .sub(TensorData.of(batch.output()))
                          .square()
                          .sum()
                          .item_double());
        }
      }
    }
    return sum;
  }

  private static boolean isHeldOut(int batch) {
    return batch % HELD_OUT == HELD_OUT - 1;
  }

  /** Lets the running sub-network go on with what was solved. */
  private void replace(Engine small, Node node, WeightedLayer layer, List<Weight> solved) {
    Kernels kernels = layer.kernels();
    int[] inputs = {kernels.weight(), kernels.bias().orElseThrow()};
    for (int i = 0; i < inputs.length; i++) {
      Weight sliced = solved.get(i);
      for (Channels channels : owned.groups().slices(layer.step(), inputs[i])) {
        sliced = sliced.select(channels.axis(), selection.kept(channels));
      }
      small.replace(sliced.withName(node.input(inputs[i])));
    }
  }

  private List<Weight> solve(WeightedLayer layer, Program.Step step) {
    KernelFold fold = new KernelFold(layer.kernels(), layer.weight(owned));
    for (int group = 0; group < layer.kernels().group(); group++) {
      int[] channels = layer.channels(group);
      int[] kept = layer.kept(selection, group);
      if (kept.length > 0) {
        fold.apply(group, channels, kept, map(layer, fold.gram(group, channels), channels, kept));
      }
    }
    LayerRefit refit = LayerRefit.of(owned, selection, layer, step, fold);
    if (refit != null) {
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).full().to(layer.step() + 1);
        refit.add(runs.get(i).full(), runs.get(i).small(), isHeldOut(i), runs.size());
      }
      refit.finish();
    }
    return layer.folded(owned, fold);
  }

  private ChannelMap map(WeightedLayer layer, Tensor gram, int[] channels, int[] kept) {
    ChannelMap oneShot =
        RecoveryMethod.RIDGE.map(profile.moments(layer.featureMap()), channels, kept);
    PairedMoments fitted = PairedMoments.none(channels.length, kept.length);
    PairedMoments heldOut = PairedMoments.none(channels.length, kept.length);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      PairedMoments moments = isHeldOut(i) ? heldOut : fitted;
      NativeScope.run(() -> add(moments, run, layer, channels, kept));
    }
    if (!fitted.isFinite() || !heldOut.isFinite()) {
      return oneShot;
    }
    Tensor prior =
        torch.cat(new TensorVector(oneShot.slope(), oneShot.intercept().reshape(-1, 1)), 1);
    double least = heldOut.error(gram, prior);
    double best = Double.NaN;
    for (double ridge : RIDGES) {
      double error = heldOut.error(gram, fitted.solve(prior, ridge));
      if (error < least) {
        least = error;
        best = ridge;
      }
    }
    if (Double.isNaN(best)) {
      return oneShot;
    }
    Tensor map = fitted.plus(heldOut).solve(prior, best);
    return new ChannelMap(map.narrow(1, 0, kept.length), map.select(1, kept.length));
  }

  private void add(
      PairedMoments moments, Run run, WeightedLayer layer, int[] channels, int[] kept) {
    int axis = layer.kernels().inputAxis();
    int[] all = layer.kept(selection);
    int[] places = Arrays.stream(kept).map(k -> Arrays.binarySearch(all, k)).toArray();
    Tensor full = run.full().value(layer.featureMap());
    Tensor small = run.small().value(layer.featureMap());
    int every = spacing(full, axis);
    moments.add(pixels(full, axis, every, channels), pixels(small, axis, every, places));
  }

  private int spacing(Tensor value, int axis) {
    long positions = value.numel() / value.size(axis) * runs.size();
    long wanted = Math.max(LEAST_SAMPLES, SAMPLES_PER_CHANNEL * value.size(axis));
    return axis == 1 ? Positions.spacing(positions, wanted, (int) value.dim() - 2) : 1;
  }

  private static Tensor pixels(Tensor value, int axis, int every, int[] channels) {
    return Positions.of(value, every)
        .movedim(axis, 0)
        .reshape(value.size(axis), -1)
        .index_select(0, ChannelMap.indices(channels))
        .to(ScalarType.Double);
  }
}
