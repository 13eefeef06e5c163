package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.UnattainableException;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.MaskSurvey;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.StateCheckpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network over images, epoch by epoch, and keeps the weights that do best on the
 * validation images, the first ones included, or the last ones if there are no such images. The
 * same on the same machine for the same settings, images and number of threads, in one go or
 * resumed. For use once.
 */
public final class TrainingRun {
  private static final double NANOSECONDS = 1e9;

  private final Trainee trainee;
  private final TrainingSettings settings;
  private final TrainingData data;
  private final Objective objective;
  private final Preprocessor preprocessor;
  private final Validation validation;
  private final Schedule schedule;
  private final int batch;
  private final int stepsPerEpoch;
  private final List<EpochReport> reports = new ArrayList<>();
  private Map<String, Weight> best = Map.of();
  private long start;

  /**
   * @param data images with masks, if {@code objective} looks at them
   */
  public TrainingRun(
      Trainee trainee, TrainingSettings settings, TrainingData data, Objective objective) {
    this.trainee = trainee;
    this.settings = settings;
    this.data = data;
    this.objective = objective;
    batch = trainee.fixedBatch() > 0 ? trainee.fixedBatch() : settings.batch();
    validation = new Validation(trainee, data.validation(), batch);
    preprocessor = new Preprocessor(trainee.card(), trainee.input().size());
    schedule = new Schedule(settings.optimizer().learningRate(), settings.warmUp());
    stepsPerEpoch = Math.max(1, data.training().size() / batch);
  }

  /**
   * Trains. The checkpoint stays; remove it when the network is safe.
   *
   * @return the network with the weights that did best, without auxiliary outputs
   * @throws UnattainableException if the loss or a gradient is not finite
   * @throws InvalidInputException if too many images are broken, or the checkpoint to resume is of
   *     another run
   */
  public Network run(StateCheckpoint checkpoint, TrainingListener listener) {
    MaskSurvey.require(data.training(), trainee.card());
    MaskSurvey.require(data.validation(), trainee.card());
    String identity = RunIdentity.of(trainee, settings, data, objective);
    start = System.nanoTime();
    try (Trainer trainer = new Trainer(trainee, settings, objective)) {
      checkpoint
          .earlier(identity)
          .ifPresent(state -> resume(TrainingState.from(state, checkpoint), trainer));
      listener.started(progress((double) stepsPerEpoch * Math.max(0, reports.size() - 1)));
      if (reports.isEmpty()) {
        finishEpoch(trainer, new Steps(0, 0, 0, 0), listener);
      }
      for (int epoch = reports.size() - 1; epoch < settings.length().epochs(); epoch++) {
        if (progress((double) stepsPerEpoch * epoch) >= 1) {
          break;
        }
        finishEpoch(trainer, steps(trainer, epoch, listener), listener);
        checkpoint.save(
            new TrainingState(
                    identity,
                    reports,
                    seconds(start),
                    trainer.weights(),
                    trainer.optimizerState(),
                    best)
                .toSafeTensors());
      }
    }
    return trainee.with(best);
  }

  /** What was measured after each epoch, from before the first one on. */
  public List<EpochReport> reports() {
    return List.copyOf(reports);
  }

  private void resume(TrainingState state, Trainer trainer) {
    trainer.restore(state.weights(), state.optimizer());
    best = state.best();
    reports.addAll(state.reports());
    start -= Math.round(state.seconds() * NANOSECONDS);
  }

  private Steps steps(Trainer trainer, int epoch, TrainingListener listener) {
    long epochStart = System.nanoTime();
    double before = (double) stepsPerEpoch * epoch;
    double sum = 0;
    double rate = 0;
    int taken = 0;
    try (ImageLoader loader = loader(epoch)) {
      Batch images = nextBatch(loader);
      while (images != null && taken < stepsPerEpoch && progress(before + taken) < 1) {
        rate = schedule.rate(progress(before + taken + 0.5));
        double loss = step(trainer, images, rate, epoch, taken);
        sum += loss;
        taken++;
        listener.stepped(progress(before + taken), loss);
        images = nextBatch(loader);
      }
    }
    return new Steps(taken, sum / Math.max(1, taken), rate, seconds(epochStart));
  }

  private void finishEpoch(Trainer trainer, Steps steps, TrainingListener listener) {
    ValidationResult result = validation.run(trainer.inference(), objective, settings.keepGoing());
    boolean improved = data.validation().isEmpty() || result.meanIou() > best().orElse(-1);
    if (improved) {
      best = trainer.weights();
      listener.improved(trainee.with(best));
    }
    int epoch = reports.size();
    EpochReport report =
        new EpochReport(
            epoch,
            steps.loss(),
            steps.rate(),
            result,
            improved,
            steps.seconds(),
            steps.taken() * batch,
            progress((double) stepsPerEpoch * epoch));
    reports.add(report);
    listener.epochEnded(report);
  }

  /** The steps of one epoch: how many, their mean loss, the last rate, and how long they took. */
  private record Steps(int taken, double loss, double rate, double seconds) {}

  /** What is left of a run that ends here, for its message. */
  private String kept() {
    OptionalDouble best = best();
    return data.validation().isEmpty() || best.isEmpty()
        ? ""
        : "the best weights, of validation mIoU %.3f, are kept; ".formatted(best.getAsDouble());
  }

  private OptionalDouble best() {
    return reports.stream().mapToDouble(r -> r.validation().meanIou()).max();
  }

  private double step(Trainer trainer, Batch images, double rate, int epoch, int taken) {
    try {
      return trainer.step(images, rate);
    } catch (DivergedException e) {
      throw new UnattainableException(
          "%s: training diverged in epoch %d, step %d: %s; %slower the learning rate or clip gradients at a smaller norm"
              .formatted(
                  trainee.program().network().name(), epoch + 1, taken + 1, e.getMessage(), kept()),
          e);
    }
  }

  private double progress(double steps) {
    return settings.length().progress(steps, stepsPerEpoch, seconds(start));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / NANOSECONDS;
  }

  private ImageLoader loader(int epoch) {
    List<Sample> order = new ArrayList<>(data.training());
    Collections.shuffle(order, new Random(settings.seed() * 1_000_003 + epoch));
    return new ImageLoader(
        order,
        preprocessor,
        settings.augmentation().forEpoch(settings.seed(), epoch),
        settings.keepGoing());
  }

  /** A full batch, or what there is if that is all of the epoch; null at its end. */
  private @Nullable Batch nextBatch(ImageLoader loader) {
    List<LoadedImage> images = new ArrayList<>();
    while (images.size() < batch && loader.hasNext()) {
      images.add(loader.next());
    }
    boolean usable =
        images.size() == batch || (!images.isEmpty() && data.training().size() < batch);
    return usable ? Batch.of(images, preprocessor.size()) : null;
  }
}
