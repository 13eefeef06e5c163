package io.disassembler.explorer.work;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationListener;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.Latency;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.PredictionListener;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.graph.Cost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the full network and sub-networks in ONNX Runtime, one at a time, so that no measurement
 * disturbs another; what the full network predicts is remembered.
 */
public final class Judge implements AutoCloseable {
  /** Short: a slider move must not wait long. The two networks run in turn. */
  static final LatencySettings GLANCE = new LatencySettings(1, 3, Duration.ofMillis(50));

  /** For those who ask for more. */
  static final LatencySettings LOOK = new LatencySettings(1, 12, Duration.ofSeconds(2));

  /** Pixels of predictions that are remembered for pictures. */
  private static final int REMEMBERED = 1 << 23;

  private final List<Sample> samples;
  private final Set<String> learned;
  private final EvaluationSubject full;
  private final ReferenceImages images;
  private final Recent<String, int[]> predictions;

  private Judge(Subject subject, List<Sample> samples, ReferenceImages images) {
    this.samples = samples;
    this.images = images;
    learned = Set.copyOf(subject.profile().images());
    full = subject.reference();
    predictions = new Recent<>(Math.max(2, REMEMBERED / subject.input().size().area()));
  }

  /**
   * Runs the full network on some of the images.
   *
   * @param most how many, spread evenly over all
   * @throws io.disassembler.base.InvalidInputException if it cannot be run, or images are broken
   */
  static Judge open(Subject subject, int most, EvaluationListener listener) {
    List<Sample> some = Spread.of(subject.samples(), most);
    return new Judge(
        subject,
        some,
        ReferenceImages.load(
            subject.reference(), subject.card(), some, subject.evaluation(), listener));
  }

  /** Where the images that are measured on come from. */
  List<Sample> samples() {
    return samples;
  }

  /** Number of images that are measured on. */
  public int images() {
    return images.size();
  }

  public LabelSource labels() {
    return images.labelSource();
  }

  /** Number of images that are measured on and were profiled, too. */
  public int profiled() {
    return (int) samples.stream().map(Sample::name).filter(learned::contains).count();
  }

  /** How well a sub-network does against the full network. */
  synchronized Quality judge(Path file, Cost cost, EvaluationListener listener) {
    List<Quality.OnImage> each = new ArrayList<>();
    NetworkResult all =
        images.judge(
            full.sub(file, cost),
            (network, prediction) -> each.add(Quality.OnImage.of(prediction)),
            listener);
    return new Quality(all, each);
  }

  /**
   * All that an evaluation finds of a sub-network.
   *
   * @param latency of the full network and of it, as measured before
   * @param predictions sees what it predicts on each image
   */
  synchronized EvaluationResult evaluate(
      Path file, Cost cost, List<Latency> latency, PredictionListener predictions) {
    return images.evaluate(full.sub(file, cost), latency, predictions);
  }

  /** Latency of the full network and of a sub-network. */
  synchronized List<Latency> time(Path file, Cost cost, LatencySettings settings) {
    return images.latencies(full.sub(file, cost), settings);
  }

  /**
   * What the full network predicts, renamed as a sub-network would.
   *
   * @param picture what the prediction is remembered under
   * @param pixels of the picture as the network takes it
   */
  synchronized int[] full(String picture, float[] pixels, CategoryMapping mapping) {
    int[] found =
        predictions
            .get(picture)
            .orElseGet(
                () -> {
                  int[] prediction = images.predict(pixels);
                  predictions.put(picture, prediction);
                  return prediction;
                });
    return mapping.apply(found);
  }

  /** What a sub-network predicts. */
  synchronized int[] part(Path file, Cost cost, float[] pixels) {
    return images.predict(full.sub(file, cost), pixels);
  }

  @Override
  public synchronized void close() {
    images.close();
  }
}
