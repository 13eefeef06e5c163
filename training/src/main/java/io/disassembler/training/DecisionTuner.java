package io.disassembler.training;

import io.disassembler.CalibrationSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.data.Sample;
import io.disassembler.engine.Crew;
import io.disassembler.extraction.Tuner;
import io.disassembler.extraction.Tuning;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.safetensors.StateCheckpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tunes sub-networks towards the full network's decisions on unlabelled images, for a few minutes
 * (docs/architecture.md, "Tuning"): {@code
 * network.extract("car").recoverWith(images).tunedBy(DecisionTuner.of(network, images))}.
 * Immutable.
 */
public final class DecisionTuner implements Tuner {
  /** A pixel counts so many times at most. */
  private static final double MOST = 3;

  private static final String ASKING = "Full network";
  private static final String PART = "tuning";
  private static final String TUNING = "Tuning";

  private final SegmentationNetwork full;
  private final CalibrationSet images;
  private final TuningLength length;
  private final StateCheckpoint checkpoint;

  private DecisionTuner(
      SegmentationNetwork full,
      CalibrationSet images,
      TuningLength length,
      StateCheckpoint checkpoint) {
    this.full = full;
    this.images = images;
    this.length = length;
    this.checkpoint = checkpoint;
  }

  /**
   * A tuner that takes {@link TuningLength#MINUTES} minutes.
   *
   * @param full the full network
   * @param images to learn from, all of them whatever its limit; those that are drawn, which
   *     recovery follows, judge last
   */
  public static DecisionTuner of(SegmentationNetwork full, CalibrationSet images) {
    Trainee.requireImages(full.input(), full.file().toString());
    Trainee.requireLogits(Logits.of(full.anatomy()), full.card(), full.file().toString());
    return new DecisionTuner(
        full, images, TuningLength.ofMinutes(TuningLength.MINUTES), StateCheckpoint.none());
  }

  /** The same for another time. */
  public DecisionTuner lasting(TuningLength other) {
    return new DecisionTuner(full, images, other, checkpoint);
  }

  /** The same, saving its state now and then. The checkpoint stays; remove it in the end. */
  public DecisionTuner savingTo(StateCheckpoint other) {
    return new DecisionTuner(full, images, length, other);
  }

  @Override
  public Tuned tune(Untuned network, @Nullable Tuning earlier) {
    try (Crew crew = full.anatomy().crew(1)) {
      return tune(network, earlier, crew);
    }
  }

  private Tuned tune(Untuned network, @Nullable Tuning earlier, Crew crew) {
    TuningClock clock =
        new TuningClock(earlier == null ? length : TuningLength.ofSteps(earlier.steps()));
    ComparedValue value = ComparedValue.of(full.anatomy());
    if (value.type() != ElementType.FLOAT) {
      throw new InvalidInputException(
          "%s: cannot be tuned: its logits are %s, expected float; recover in closed loop"
              .formatted(full.file(), value.type()),
          Setting.RECOVERY);
    }
    long seed = earlier == null ? images.images().seed() : earlier.seed();
    DecisionScores scores = new DecisionScores(network.mapping());
    Trainee student = trainee(network.headless(), value);
    String identity = identity(student, scores, seed);
    StateCheckpoint checkpoint = this.checkpoint.part(PART);
    Optional<TuningState> state =
        checkpoint.earlier(identity).map(saved -> TuningState.from(saved, checkpoint));
    int most =
        state
            .map(TuningState::images)
            .orElse(earlier == null ? Integer.MAX_VALUE : earlier.learnt() + earlier.heldOut());
    TuningExamples examples = ask(value, network, seed, most, clock, crew);
    if (earlier != null && !examples.sha256().equals(earlier.images())) {
      throw new InvalidInputException(
          "the plan's training steps looked at images with SHA-256 %s, at hand are others with %s; give the same images, drawn with the same seed"
              .formatted(earlier.images(), examples.sha256()),
          Setting.CALIBRATION_IMAGES,
          Setting.SEED);
    }
    TuningRun run =
        new TuningRun(
            student, new DecisionLoss(scores, weights(examples, scores)), examples, seed, crew);
    TuningLayout layout = state.map(TuningState::layout).orElseGet(() -> run.layout(clock));
    TuningRun.Result result =
        run.run(
            layout,
            identity,
            state,
            checkpoint,
            step -> full.opening().progress().progress(TUNING, step, layout.steps()));
    return judged(network, value, run, result, layout, examples, seed);
  }

  /** Takes what was trained only if it is no worse with its head than what there was with its. */
  private Tuned judged(
      Untuned network,
      ComparedValue value,
      TuningRun run,
      TuningRun.Result result,
      TuningLayout layout,
      TuningExamples examples,
      long seed) {
    Network trained = with(network.headless(), result);
    double before = run.agreement(Map.of(), balance(network, value, network.headless()));
    double after =
        result.standing().kept() == 0
            ? before
            : run.agreement(result.best(), balance(network, value, trained));
    boolean better = result.standing().kept() > 0 && TuningRun.agrees(before, after);
    return new Tuned(
        better ? trained : network.headless(),
        new Tuning(
            layout.steps(),
            examples.sha256(),
            examples.training().size(),
            examples.heldOut().size(),
            seed,
            layout.rate(),
            better ? result.standing().kept() : 0,
            before,
            better ? after : before));
  }

  /** Constants are added to the outputs, or to logits that do not compete, and to no others. */
  private static List<Double> balance(Untuned network, ComparedValue value, Network headless) {
    boolean same = value.isOutput() || new DecisionScores(network.mapping()).eachByItself();
    return same ? network.balance().apply(headless) : List.of();
  }

  private TuningExamples ask(
      ComparedValue value, Untuned network, long seed, int most, TuningClock clock, Crew crew) {
    List<Sample> followed = images.drawn().samples();
    TuningExamples examples =
        TuningExamples.load(
            trainee(full.anatomy().network(), value),
            crew,
            new DecisionScores(network.mapping()),
            images.images().atMost(Integer.MAX_VALUE).samples(),
            followed.stream().map(Sample::name).collect(Collectors.toSet()),
            seed,
            images.images().keepsGoing(),
            most,
            (done, total) -> {
              if (done < total) {
                full.opening().progress().progress(ASKING, done, total);
              }
              return !clock.askedEnough();
            });
    full.opening().progress().progress(ASKING, examples.count(), examples.count());
    return examples;
  }

  /** How much a pixel of each category counts: one over the root of its share, where it is rare. */
  private static List<Double> weights(TuningExamples examples, DecisionScores scores) {
    return examples.shares().stream()
        .map(share -> Math.min(MOST, Math.max(1, Math.sqrt(1 / share / scores.competing()))))
        .toList();
  }

  private Trainee trainee(Network network, ComparedValue value) {
    return new Trainee(
        Program.parse(value.endOf(network)),
        full.input(),
        full.card(),
        value.name(),
        List.of(),
        List.of(value.name()),
        full.threads(),
        UnaryOperator.identity());
  }

  private static Network with(Network headless, TuningRun.Result result) {
    if (result.standing().kept() == 0) {
      return headless;
    }
    Network.Builder builder = headless.toBuilder();
    result.best().values().forEach(builder::weight);
    return builder.build();
  }

  /** What a run is about: the network, what is decided, images by name, what draws them. */
  private String identity(Trainee student, DecisionScores scores, long seed) {
    MessageDigest digest = Sha256.digest();
    for (Weight weight : student.program().network().weights().values()) {
      digest.update(weight.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(weight.data());
    }
    String rest =
        full.sha256()
            + length
            + scores
            + full.card().thresholds()
            + seed
            + images.count()
            + images.images().atMost(Integer.MAX_VALUE).samples().stream()
                .map(Sample::name)
                .toList();
    digest.update(rest.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }
}
