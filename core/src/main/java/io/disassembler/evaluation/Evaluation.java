package io.disassembler.evaluation;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.MaskSurvey;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationCounts.ModelCounts;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.input.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares networks with the one they were cut from.
 *
 * <p>Both answer in the sub-network's categories: the reference's prediction is its arg max over
 * all its categories, with those that were not chosen renamed to {@code other}. That is the arg max
 * over {@code [max of the others, chosen...]}, which the sub-network computes, except where a
 * chosen and another logit are equal, and where scores are resized: of interpolated others the
 * largest is at most the interpolated largest.
 *
 * <p>Pixels are counted at the size that labels have, masks that of their images: predictions are
 * brought to it, never the other way round. The reference's prediction, where it is the label, has
 * the size of the input.
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
    requireUsable(samples, card);
    return opened(
        reference,
        card,
        networks,
        (full, others) ->
            new Evaluation(card, settings, listener, predictions, full, others).evaluate(samples),
        settings);
  }

  /**
   * Counts alone, on some of the images, to be added up. Latency and doubts about labels are left
   * to {@link #result}.
   *
   * @throws InvalidInputException as {@link #run}
   */
  public static EvaluationCounts count(
      EvaluationSubject reference,
      NetworkCard card,
      List<EvaluationSubject> networks,
      List<Sample> samples,
      EvaluationSettings settings,
      EvaluationListener listener) {
    requireUsable(samples, card);
    return opened(
        reference,
        card,
        networks,
        (full, others) ->
            new Evaluation(card, settings, listener, null, full, others).counted(samples),
        settings);
  }

  /**
   * What {@link #run} finds on images that were counted in parts, but for latency.
   *
   * @param counts of all images
   * @param broken number of images that could not be read
   * @param first images to look at for doubts about labels, which run takes from the first ones
   */
  public static EvaluationResult result(
      EvaluationSubject reference,
      NetworkCard card,
      List<EvaluationSubject> networks,
      EvaluationCounts counts,
      int broken,
      List<Sample> first,
      EvaluationSettings settings) {
    requireUsable(first, card);
    Optional<LabelDoubt> doubt = LabelCheck.of(reference, card, first, settings);
    return opened(
        reference,
        card,
        networks,
        (full, others) -> {
          full.add(counts.models().get(0));
          for (int i = 0; i < others.size(); i++) {
            others.get(i).add(counts.models().get(i + 1));
          }
          return new Evaluation(card, settings, (done, total) -> {}, null, full, others)
              .result(labels(first), counts.images().size(), broken, null, doubt);
        },
        settings);
  }

  private static void requireUsable(List<Sample> samples, NetworkCard card) {
    if (samples.isEmpty()) {
      throw new InvalidInputException("expected at least one image to evaluate on, found none");
    }
    MaskSurvey.require(samples, card);
  }

  private static <T> T opened(
      EvaluationSubject reference,
      NetworkCard card,
      List<EvaluationSubject> networks,
      BiFunction<EvaluatedModel, List<EvaluatedModel>, T> use,
      EvaluationSettings settings) {
    List<EvaluatedModel> opened = new ArrayList<>();
    try {
      EvaluatedModel full = EvaluatedModel.reference(reference, card, settings);
      opened.add(full);
      for (EvaluationSubject network : networks) {
        opened.add(EvaluatedModel.compared(network, full, settings));
      }
      return use.apply(full, opened.subList(1, opened.size()));
    } finally {
      opened.forEach(EvaluatedModel::close);
    }
  }

  private static LabelSource labels(List<Sample> samples) {
    return samples.get(0).mask() != null ? LabelSource.MASKS : LabelSource.REFERENCE_PREDICTION;
  }

  private EvaluationResult evaluate(List<Sample> samples) {
    Preprocessor preprocessor = settings.preprocessor(card);
    try (InputTensor input = input(preprocessor)) {
      LabelCheck check = new LabelCheck(card);
      Passed passed = pass(samples, preprocessor, input, check::add);
      List<Latency> latencies = latencies(input);
      return result(
          labels(samples),
          passed.count() - passed.broken(),
          passed.broken(),
          latencies,
          check.doubt((pixels, at) -> predict(input, pixels, at)));
    }
  }

  private EvaluationCounts counted(List<Sample> samples) {
    Preprocessor preprocessor = settings.preprocessor(card);
    SortedSet<String> names = new TreeSet<>();
    try (InputTensor input = input(preprocessor)) {
      pass(samples, preprocessor, input, (image, prediction) -> names.add(image.sample().name()));
    }
    List<ModelCounts> models = new ArrayList<>(List.of(reference.counts()));
    networks.forEach(network -> models.add(network.counts()));
    return new EvaluationCounts(List.copyOf(names), models);
  }

  /** How many images there were, of volumes patches, and how many of them are broken. */
  private record Passed(int count, int broken) {}

  /**
   * Counts all images.
   *
   * @param then is shown each of them, with the reference's prediction
   */
  private Passed pass(
      List<Sample> samples,
      Preprocessor preprocessor,
      InputTensor input,
      BiConsumer<LoadedImage, int[]> then) {
    try (ImageLoader images = new ImageLoader(samples, preprocessor, settings.keepGoing())) {
      while (images.hasNext()) {
        LoadedImage image = images.next();
        input.fill(image.pixels());
        then.accept(image, count(input, image));
        listener.evaluated(image.index() + 1, images.count());
      }
      return new Passed(images.count(), images.broken().size());
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

  private int[] predict(InputTensor input, float[] pixels, Size at) {
    input.fill(pixels);
    return reference.predict(input, at);
  }

  private InputTensor input(Preprocessor preprocessor) {
    return new InputTensor(ImageBatch.shape(1, preprocessor.channels(), settings.size()));
  }

  /** Counts an image; the reference's prediction. */
  private int[] count(InputTensor input, LoadedImage image) {
    LabelMap mask = image.labels();
    Size at = mask != null ? mask.size() : settings.size();
    int[] prediction = reference.predict(input, at);
    LabelMap labels = mask != null ? mask : new LabelMap(at, prediction);
    reference.count(labels.values(), prediction, prediction);
    for (int i = 0; i < networks.size(); i++) {
      int[] found = networks.get(i).predict(input, at);
      networks.get(i).count(labels.values(), prediction, found);
      if (predictions != null) {
        predictions.predicted(i, networks.get(i).onImage(image, labels, prediction, found));
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
