package io.disassembler.training;

import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.evaluation.IouCounter;
import io.disassembler.graph.Weight;
import io.disassembler.training.TuningState.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes training steps towards a full network's decisions and keeps the weights that agree with
 * them best on images held out, the first ones included. Judged are averages over the last steps
 * ({@link WeightAverage}). The same on the same machine for the same images, layout, seed and
 * number of threads, in one go or resumed.
 */
final class TuningRun {
  /** Images in one step. */
  private static final int IMAGES = 4;

  private static final double AVERAGING = 0.9;
  private static final double RATE = 2e-4;

  /** AdamW without decay: the weights are to stay near where recovery left them. */
  private static final double MOMENTUM = 0.9;

  private static final double CLIP = Double.MAX_VALUE;

  private final Trainee trainee;
  private final DecisionLoss loss;
  private final TuningExamples examples;
  private final long seed;

  TuningRun(Trainee trainee, DecisionLoss loss, TuningExamples examples, long seed) {
    this.trainee = trainee;
    this.loss = loss;
    this.examples = examples;
    this.seed = seed;
  }

  /**
   * What came of it.
   *
   * @param best the learned weights that agree best, by name
   */
  record Result(Map<String, Weight> best, Standing standing) {}

  /**
   * Trains.
   *
   * @param identity what the run is about, for its checkpoint
   * @param earlier where to go on
   * @param listener told how many steps were taken
   */
  Result run(
      TuningLayout layout,
      String identity,
      Optional<TuningState> earlier,
      TrainingCheckpoint checkpoint,
      IntConsumer listener) {
    try (Trainer trainer = trainer(layout.rate());
        WeightAverage average =
            new WeightAverage(trainee, trainer.inference(), trainer.learned(), AVERAGING)) {
      int first = 0;
      Map<String, Weight> best = trainer.weights();
      Standing standing;
      if (earlier.isPresent()) {
        TuningState state = earlier.get();
        trainer.restore(state.weights(), state.optimizer());
        average.restore(state.average());
        first = state.step();
        best = state.best();
        standing = state.standing();
      } else {
        double before = agreement(trainer.inference());
        standing = new Standing(0, before, before);
      }
      listener.accept(first);
      Schedule schedule = layout.schedule();
      for (int step = first; step < layout.steps(); step++) {
        trainer.step(images(step), schedule.rate((step + 0.5) / layout.steps()));
        average.add();
        if (layout.endsRound(step + 1)) {
          double agreement = agreement(average.engine());
          if (agreement > standing.after()) {
            best = average.weights();
            standing = new Standing(step + 1, standing.before(), agreement);
          }
          checkpoint.save(
              new TuningState(
                      identity,
                      layout,
                      examples.count(),
                      step + 1,
                      trainer.weights(),
                      trainer.optimizerState(),
                      average.weights(),
                      best,
                      standing)
                  .toSafeTensors());
        }
        listener.accept(step + 1);
      }
      return new Result(best, standing);
    }
  }

  /** How long to train, and how fast: found in a few steps that are taken back. */
  TuningLayout layout(TuningClock clock) {
    double start = clock.seconds();
    try (Trainer trainer = trainer(RATE)) {
      double unused = agreement(trainer.inference());
      double judged = clock.seconds() - start;
      trainer.step(images(0), 0);
      double warm = clock.seconds();
      trainer.step(images(1), 0);
      double each = clock.seconds() - warm;
      return new TuningLayout(clock.steps(each, judged * (TuningLayout.ROUNDS + 1)), RATE);
    }
  }

  private Trainer trainer(double rate) {
    return new Trainer(
        trainee,
        new TrainingSettings(
            TrainingLength.ofEpochs(1),
            1,
            new OptimizerSettings(OptimizerSettings.Method.ADAMW, rate, MOMENTUM, 0),
            0,
            CLIP,
            Augmentation.NONE,
            Normalization.FROZEN,
            seed,
            false,
            "cpu"),
        loss);
  }

  /** Mean IoU of the chosen categories with the full network's decisions on images held out. */
  double agreement(Engine engine) {
    DecisionScores scores = loss.scores();
    IouCounter counter = new IouCounter(scores.count());
    for (Batch batch : examples.heldOut()) {
      long[] found =
          engine.run(
              Map.of(trainee.input().name(), batch.images()),
              ForwardRequest.keeping(Set.of(trainee.logits())),
              forward -> loss.decisions(forward.value(trainee.logits())));
      counter.add(numbers(loss.truth(batch)), numbers(found));
    }
    return IntStream.range(scores.firstChosen(), scores.count())
        .mapToDouble(score -> counter.counts(score).iou())
        .filter(iou -> !Double.isNaN(iou))
        .average()
        .orElse(0);
  }

  private static int[] numbers(long[] categories) {
    return Arrays.stream(categories).mapToInt(Math::toIntExact).toArray();
  }

  /** The images of one step, each mirrored or not. */
  List<Batch> images(int step) {
    List<Batch> images = new ArrayList<>();
    int count = examples.training().size();
    for (int pass = step * IMAGES; pass < (step + 1) * IMAGES; pass++) {
      Batch image = examples.training().get(order(pass / count).get(pass % count));
      SplittableRandom coin = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + pass);
      images.add(coin.split().nextBoolean() ? TuningExamples.mirrored(image) : image);
    }
    return images;
  }

  private List<Integer> order(int epoch) {
    List<Integer> order =
        IntStream.range(0, examples.training().size())
            .boxed()
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(order, new Random(seed * 1_000_003 + epoch));
    return order;
  }
}
