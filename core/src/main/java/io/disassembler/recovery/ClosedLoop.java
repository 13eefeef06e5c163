package io.disassembler.recovery;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.cut.Cutter;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Training-free recovery in closed loop (docs/architecture.md, "Closed loop"): starts from the
 * one-shot recovery, then goes through the layers and normalisations in the order in which they
 * run, with the untouched network and the sub-network side by side on calibration images. Each is
 * solved for with what it really reads by then, errors of earlier layers included ({@link
 * SolvedLayer}, {@link NormalizationRefit}). In the end the whole is dropped unless it lowers the
 * error at the network's output on a quarter of the images, which by then took part in the last
 * regressions.
 */
public final class ClosedLoop {
  private final Anatomy owned;
  private final Selection selection;

  private ClosedLoop(Anatomy owned, Selection selection) {
    this.owned = owned;
    this.selection = selection;
  }

  /** The same, saving nothing on the way. */
  public static Anatomy recover(
      Anatomy anatomy,
      Selection selection,
      Profile profile,
      Calibration calibration,
      List<Integer> chosen) {
    return recover(
        anatomy,
        selection,
        profile,
        calibration,
        chosen,
        SolvedWeights.unsaved(),
        (done, all) -> {});
  }

  /**
   * The full network, prepared for the loss of what {@code selection} does not keep.
   *
   * @param chosen indices of the chosen categories, whose pixels count for more where they are rare
   * @param solved what an earlier run of the same solved; takes up what this one solves
   * @param listener told how many layers and normalisations are solved for, of how many
   */
  public static Anatomy recover(
      Anatomy anatomy,
      Selection selection,
      Profile profile,
      Calibration calibration,
      List<Integer> chosen,
      SolvedWeights solved,
      BiConsumer<Integer, Integer> listener) {
    List<WeightedLayer> layers =
        WeightedLayer.of(anatomy, profile).stream()
            .filter(layer -> layer.kernels().bias().isPresent())
            .toList();
    Anatomy owned = OwnWeights.give(anatomy, layers);
    Anatomy oneShot = Recovery.recover(owned, selection, profile, RecoveryMethod.RIDGE);
    Network cut = Cutter.cut(oneShot, selection);
    List<Refit> refits = new ArrayList<>(NormalizationRefit.of(owned, selection));
    layers.forEach(layer -> refits.add(new SolvedLayer(owned, selection, profile, layer)));
    refits.sort(Comparator.comparingInt(Refit::step));
    PixelSampling sampling =
        profile.header().independent()
            ? PixelSampling.of(calibration, chosen, Logits.of(anatomy).threshold())
            : PixelSampling.of(calibration, chosen);
    try (Crew crew = owned.crew(1)) {
      Anatomy closed =
          NativeScope.in(
              () ->
                  new ClosedLoop(owned, selection)
                      .follow(
                          oneShot,
                          Program.parse(cut),
                          refits,
                          calibration,
                          sampling,
                          solved,
                          listener,
                          crew));
      return error(Cutter.cut(closed, selection), calibration, crew) < error(cut, calibration, crew)
          ? closed
          : oneShot;
    }
  }

  private Anatomy follow(
      Anatomy oneShot,
      Program cut,
      List<Refit> refits,
      Calibration calibration,
      PixelSampling sampling,
      SolvedWeights earlier,
      BiConsumer<Integer, Integer> listener,
      Crew crew) {
    Network.Builder recovered = oneShot.network().toBuilder();
    Map<String, Integer> steps = new HashMap<>();
    for (int step = 0; step < cut.steps().size(); step++) {
      steps.put(cut.steps().get(step).node().outputs().get(0), step);
    }
    try (Engine full = Engine.of(owned.program(), crew.settings());
        Engine small = Engine.of(cut, crew.settings())) {
      List<PairedRun> begun = new ArrayList<>();
      for (Calibration.Batch batch : calibration.batches()) {
        begun.add(
            new PairedRun(
                full.walk(batch.inputs()), small.walk(batch.inputs()), begun.size(), sampling));
      }
      PairedRuns runs = new PairedRuns(begun, crew);
      for (int i = 0; i < refits.size(); i++) {
        listener.accept(i, refits.size());
        Refit refit = refits.get(i);
        Integer step = steps.get(owned.node(refit.step()).outputs().get(0));
        if (step != null) {
          runs.each(
              run -> {
                run.full().to(refit.step());
                run.small().to(step);
              });
          List<Weight> solved =
              earlier.of(
                  refit,
                  owned,
                  () -> NativeScope.in(() -> refit.solve(runs, cut.steps().get(step))));
          solved.forEach(recovered::weight);
          replace(small, cut.steps().get(step).node(), refit, solved);
        }
      }
      listener.accept(refits.size(), refits.size());
    }
    return oneShot.withNetwork(recovered.build());
  }

  /** Lets the running sub-network go on with what was solved. */
  private void replace(Engine small, Node node, Refit refit, List<Weight> solved) {
    int[] operands = refit.operands();
    for (int i = 0; i < operands.length; i++) {
      Weight sliced = solved.get(i);
      for (Channels channels : owned.groups().slices(refit.step(), operands[i])) {
        sliced = sliced.select(channels.axis(), selection.kept(channels));
      }
      small.replace(sliced.withName(node.input(operands[i])));
    }
  }

  /** Summed squared difference from the full network's output on what regressions chose by. */
  private static double error(Network cut, Calibration calibration, Crew crew) {
    String output = cut.outputs().get(0).name();
    List<Double> errors = new ArrayList<>();
    try (Engine engine = Engine.of(Program.parse(cut), crew.settings())) {
      crew.each(
          IntStream.range(0, calibration.batches().size())
              .filter(PairedRun::isHeldOut)
              .mapToObj(calibration.batches()::get)
              .iterator(),
          batch ->
              engine.run(
                  batch.inputs(),
                  ForwardRequest.outputs(),
                  forward ->
                      forward
                          .value(output)
                          .to(ScalarType.Double)
                          .sub(TensorData.of(batch.output()).to(ScalarType.Double))
                          .square()
                          .sum()
                          .item_double()),
          errors::add);
    }
    return errors.stream().mapToDouble(Double::doubleValue).sum();
  }
}
