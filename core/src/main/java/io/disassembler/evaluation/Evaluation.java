package io.disassembler.evaluation;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.MaskSurvey;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.input.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares networks with the one they were cut from.
 *
 * <p>Both answer in the sub-network's categories: the reference's prediction is its arg max over
 * all its categories, with those that were not chosen renamed to {@code other}. That is the arg max
 * over {@code [max of the others, chosen...]}, which the sub-network computes, except where a
 * chosen and another logit are equal.
 */
public final class Evaluation {
  private final NetworkCard card;
  private final EvaluationSettings settings;
  private final EvaluationListener listener;
  private final @Nullable PredictionListener predictions;
  private final EvaluatedModel reference;
  private final List<EvaluatedModel> networks;

  private Evaluation(
      NetworkCard card,
      EvaluationSettings settings,
      EvaluationListener listener,
      @Nullable PredictionListener predictions,
      EvaluatedModel reference,
      List<EvaluatedModel> networks) {
    this.card = card;
    this.settings = settings;
    this.listener = listener;
    this.predictions = predictions;
    this.reference = reference;
    this.networks = networks;
  }

  /** As below, and nobody looks at single predictions. */
  public static EvaluationResult run(
      EvaluationSubject reference,
      NetworkCard card,
      List<EvaluationSubject> networks,
      List<Sample> samples,
      EvaluationSettings settings,
      EvaluationListener listener) {
    return run(reference, card, networks, samples, settings, listener, null);
  }

  /**
   * Runs a reference and any number of other networks over images, each image decoded once, and
   * then measures their latency in turn.
   *
   * @param card the reference's; all networks get the input that it describes
   * @param networks cut from the reference, or with its categories
   * @param samples with masks, or all without: then the reference's prediction is the label
   * @param predictions sees what each network predicts; null if nobody does
   * @throws InvalidInputException if a network cannot be run at that size, does not belong to the
   *     reference, or too many images are broken
   */
  public static EvaluationResult run(
      EvaluationSubject reference,
      NetworkCard card,
      List<EvaluationSubject> networks,
      List<Sample> samples,
      EvaluationSettings settings,
      EvaluationListener listener,
      @Nullable PredictionListener predictions) {
    if (samples.isEmpty()) {
      throw new InvalidInputException("expected at least one image to evaluate on, found none");
    }
    MaskSurvey.require(samples, card);
    List<EvaluatedModel> opened = new ArrayList<>();
    try {
      EvaluatedModel full = EvaluatedModel.reference(reference, card, settings);
      opened.add(full);
      for (EvaluationSubject network : networks) {
        opened.add(EvaluatedModel.compared(network, full, settings));
      }
      List<EvaluatedModel> others = opened.subList(1, opened.size());
      return new Evaluation(card, settings, listener, predictions, full, others).evaluate(samples);
    } finally {
      opened.forEach(EvaluatedModel::close);
    }
  }

  private EvaluationResult evaluate(List<Sample> samples) {
    LabelSource labels =
        samples.get(0).mask() != null ? LabelSource.MASKS : LabelSource.REFERENCE_PREDICTION;
    Preprocessor preprocessor = new Preprocessor(card, settings.size());
    try (InputTensor input = input(preprocessor)) {
      int count;
      int broken;
      LabelCheck check = new LabelCheck(card);
      Optional<LabelDoubt> doubt = Optional.empty();
      boolean asked = false;
      try (ImageLoader images = new ImageLoader(samples, preprocessor, settings.keepGoing())) {
        while (images.hasNext()) {
          LoadedImage image = images.next();
          input.fill(image.pixels());
          check.add(image, count(input, image));
          if (check.isComplete() && !asked) {
            doubt = check.doubt(pixels -> predict(input, pixels));
            asked = true;
          }
          listener.evaluated(image.index() + 1, images.count());
        }
        count = images.count();
        broken = images.broken().size();
      }
      if (!asked) {
        doubt = check.doubt(pixels -> predict(input, pixels));
      }
      return result(labels, count - broken, broken, latencies(input), doubt);
    }
  }

  /** What a reference says of masks; see {@link LabelCheck#of}. */
  public static Optional<LabelDoubt> doubt(
      EvaluationSubject reference,
      NetworkCard card,
      List<Sample> samples,
      EvaluationSettings settings) {
    return LabelCheck.of(reference, card, samples, settings);
  }

  private int[] predict(InputTensor input, float[] pixels) {
    input.fill(pixels);
    return reference.predict(input);
  }

  private InputTensor input(Preprocessor preprocessor) {
    return new InputTensor(ImageBatch.shape(1, preprocessor.channels(), settings.size()));
  }

  /** Counts an image; the reference's prediction. */
  private int[] count(InputTensor input, LoadedImage image) {
    int[] prediction = reference.predict(input);
    int[] mask = image.labels();
    int[] labels = mask != null ? mask : prediction;
    reference.count(labels, prediction, prediction);
    for (int i = 0; i < networks.size(); i++) {
      int[] found = networks.get(i).predict(input);
      networks.get(i).count(labels, prediction, found);
      if (predictions != null) {
        predictions.predicted(i, networks.get(i).onImage(image, prediction, found));
      }
    }
    return prediction;
  }

  /** One for each network, the reference first, on the image that the input still holds. */
  private @Nullable List<Latency> latencies(InputTensor input) {
    LatencySettings latency = settings.latency();
    if (latency == null) {
      return null;
    }
    List<OnnxRuntimeModel> models = new ArrayList<>();
    models.add(reference.model());
    networks.forEach(network -> models.add(network.model()));
    return Latency.measure(models, input, latency);
  }

  private EvaluationResult result(
      LabelSource labels,
      int images,
      int broken,
      @Nullable List<Latency> latencies,
      Optional<LabelDoubt> doubt) {
    List<NetworkResult> results = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      results.add(networks.get(i).networkResult(latencies == null ? null : latencies.get(i + 1)));
    }
    return new EvaluationResult(
        labels,
        images,
        broken,
        settings.size(),
        settings.threads(),
        reference.referenceResult(latencies == null ? null : latencies.get(0)),
        results,
        doubt.orElse(null));
  }
}
