package io.disassembler.training;

import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.training.TuningState.Standing;
import java.util.ArrayList;
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
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes training steps towards a full network's decisions and keeps the weights that are nearest to
 * them on images held out, the first ones included. Judged are averages over the last steps ({@link
 * WeightAverage}). The same on the same machine for the same images, layout, seed and number of
 * threads, in one go or resumed.
 */
final class TuningRun {
  private static final Logger LOG = LoggerFactory.getLogger(TuningRun.class);

  /** Images in one step. */
  private static final int IMAGES = 4;

  private static final double AVERAGING = 0.9;

  /**
   * The first steps of Adam always do harm, which later ones make good; what does more than this,
   * as a multiple of the loss, is too fast.
   */
  private static final double ENDURED = 1.3;

  /**
   * The mean IoU of a few images hangs on the large objects among them; the mean loss tells states
   * apart better, and judges them unless they agree by this factor less than the beginning.
   */
  private static final double NOISE = 0.95;

  /** Where the search for a learning rate begins. */
  private static final double RATE = 2e-3;

  private static final double FASTER = 3;

  /** How many steps of a search there are at most in each direction. */
  private static final int TRIALS = 2;

  /** Training steps in each of them. */
  private static final int TRIAL = 5;

  /** AdamW without decay: the weights are to stay near where recovery left them. */
  private static final double MOMENTUM = 0.9;

  private static final double CLIP = Double.MAX_VALUE;

  private final Trainee trainee;
  private final DecisionLoss loss;
  private final TuningExamples examples;
  private final long seed;
  private final Crew crew;

  /**
   * @param crew looks at images side by side; stays open
   */
  TuningRun(Trainee trainee, DecisionLoss loss, TuningExamples examples, long seed, Crew crew) {
    this.trainee = trainee;
    this.loss = loss;
    this.examples = examples;
    this.seed = seed;
    this.crew = crew;
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
      StateCheckpoint checkpoint,
      IntConsumer listener) {
    try (Trainer trainer = trainer(layout.rate());
        WeightAverage average =
            new WeightAverage(trainee, trainer.inference(), trainer.learned(), AVERAGING, crew)) {
      TuningState state = earlier.orElseGet(() -> beginning(layout, identity, trainer, average));
      trainer.restore(state.weights(), state.optimizer());
      average.restore(state.average());
      Schedule schedule = layout.schedule();
      listener.accept(state.step());
      for (int step = state.step(); step < layout.steps(); step++) {
        double rate = schedule.rate((step + 0.5) / layout.steps());
        if (!steps(trainer, images(step), rate * state.slower())) {
          state = state.fallen();
          trainer.restore(state.weights(), state.optimizer());
          average.restore(state.average());
        }
        average.add();
        if (layout.endsRound(step + 1)) {
          state =
              state.after(
                  step + 1, judge(average.engine()), judge(trainer.inference()), trainer, average);
          checkpoint.save(state.toSafeTensors());
          trainer.restore(state.weights(), state.optimizer());
          average.restore(state.average());
        }
        listener.accept(step + 1);
      }
      return new Result(state.best(), state.standing());
    }
  }

  /** Takes a step; false if it is not possible from here. */
  private static boolean steps(Trainer trainer, List<Batch> images, double rate) {
    try {
      double unused = trainer.step(images, rate);
      return true;
    } catch (DivergedException e) {
      LOG.debug("a step back", e);
      return false;
    }
  }

  private TuningState beginning(
      TuningLayout layout, String identity, Trainer trainer, WeightAverage average) {
    Judgement judgement = judge(trainer.inference());
    return new TuningState(
        identity,
        layout,
        examples.count(),
        0,
        1,
        trainer.weights(),
        trainer.optimizerState(),
        average.weights(),
        trainer.weights(),
        new Standing(0, judgement.agreement(), judgement.agreement(), judgement.divergence()));
  }

  /** How long to train, and how fast: found in a few steps that are taken back. */
  TuningLayout layout(TuningClock clock) {
    double most = ENDURED * divergence(trainee);
    double rate = RATE;
    Pace pace = new Pace(clock);
    boolean slower = trial(rate, pace) > most;
    int trials = 1;
    for (boolean found = false; !found && trials <= TRIALS; trials++) {
      double next = slower ? rate / FASTER : rate * FASTER;
      boolean endured = trial(next, pace) <= most;
      found = slower == endured;
      rate = slower || endured ? next : rate;
    }
    // Two in each round, two at the beginning and the end.
    double rest = pace.judging * (2 * TuningLayout.ROUNDS + 2);
    return new TuningLayout(clock.steps(pace.step, rest), rate);
  }

  /** The shortest times seen: what is run for the first time takes longer. */
  private static final class Pace {
    private final TuningClock clock;
    private double step = Double.POSITIVE_INFINITY;
    private double judging = Double.POSITIVE_INFINITY;
    private double last;

    Pace(TuningClock clock) {
      this.clock = clock;
    }

    void begin() {
      last = clock.seconds();
    }

    void stepped() {
      step = Math.min(step, clock.seconds() - last);
      begin();
    }

    void judged() {
      judging = Math.min(judging, clock.seconds() - last);
    }
  }

  private double divergence(Trainee network) {
    try (Engine engine = network.engine(crew, "cpu")) {
      return judge(engine).divergence();
    }
  }

  /** Divergence on images held out after a few steps, over which the rate rises. */
  private double trial(double rate, Pace pace) {
    try (Trainer trainer = trainer(rate)) {
      pace.begin();
      for (int step = 0; step < TRIAL; step++) {
        trainer.step(images(step), rate * (step + 1) / TRIAL);
        pace.stepped();
      }
      double divergence = judge(trainer.inference()).divergence();
      pace.judged();
      return Double.isNaN(divergence) ? Double.POSITIVE_INFINITY : divergence;
    } catch (DivergedException e) {
      LOG.debug("too fast: {}", rate, e);
      return Double.POSITIVE_INFINITY;
    }
  }

  private Trainer trainer(double rate) {
    return new Trainer(
        trainee,
        new TrainingSettings(
            TrainingLength.ofEpochs(1),
            1,
            new OptimizerSettings(OptimizerSettings.Method.ADAMW, rate, MOMENTUM, 0, true),
            0,
            CLIP,
            Augmentation.NONE,
            Normalization.FROZEN,
            seed,
            false,
            "cpu"),
        loss,
        crew);
  }

  /**
   * How a network does on the images held out.
   *
   * @param agreement mean IoU of the chosen categories with the full network's decisions, 0 to 1,
   *     with the balance that suits it best
   * @param divergence the mean loss, nats
   */
  record Judgement(double agreement, double divergence) {}

  private Judgement judge(Engine engine) {
    HeldOutDecisions decisions = new HeldOutDecisions(loss.scores(), trainee.card());
    double divergence = look(engine, decisions);
    return new Judgement(decisions.agreement(), divergence / examples.heldOut().size());
  }

  /**
   * Agreement on the images held out, 0 to 1, with weights and a balance.
   *
   * @param constants one for each chosen category; empty for none
   */
  double agreement(Map<String, Weight> weights, List<Double> constants) {
    try (Engine engine = trainee.engine(crew, "cpu")) {
      weights.values().forEach(engine::replace);
      HeldOutDecisions decisions = new HeldOutDecisions(loss.scores(), trainee.card());
      double unused = look(engine, decisions);
      return decisions.agreement(constants);
    }
  }

  /** Whether agreement is no worse than before, but for what a few images cannot tell. */
  static boolean agrees(double before, double after) {
    return after >= NOISE * before;
  }

  /** Runs a network on the images held out; returns the sum of its losses. */
  private double look(Engine engine, HeldOutDecisions decisions) {
    List<Double> losses = new ArrayList<>();
    crew.each(
        examples.heldOut().iterator(),
        batch ->
            engine.run(
                Map.of(trainee.input().name(), batch.images()),
                ForwardRequest.keeping(Set.of(trainee.logits())),
                forward -> seen(forward, batch, decisions)),
        seen -> {
          decisions.add(seen.pixels());
          losses.add(seen.loss());
        });
    return losses.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What a network makes of one batch. */
  private record Seen(List<HeldOutDecisions.Pixels> pixels, double loss) {}

  private Seen seen(Forward forward, Batch batch, HeldOutDecisions decisions) {
    Tensor logits = forward.value(trainee.logits());
    return new Seen(
        decisions.pixels(loss.scores().of(logits), DecisionLoss.answers(batch)),
        loss.loss(logits, forward::value, batch).item_float());
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
