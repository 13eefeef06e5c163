package io.disassembler.evaluation;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationCounts.ModelCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationResult.ReferenceResult;
import io.disassembler.onnx.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A network under evaluation, and the counts of it and of the reference in its categories. */
final class EvaluatedModel implements AutoCloseable {
  private final EvaluationSubject subject;
  private final OnnxRuntimeModel model;
  private final NetworkCard card;
  private final CategoryMapping mapping;
  private final Predictor predictor;
  private final Size size;
  private final PairedCounts counts;

  private EvaluatedModel(
      EvaluationSubject subject,
      OnnxRuntimeModel model,
      NetworkCard card,
      CategoryMapping mapping,
      EvaluationSettings settings) {
    this.card = card;
    this.subject = subject;
    this.model = model;
    this.mapping = mapping;
    this.predictor =
        mapping.independent()
            ? Predictor.ofEach(
                subject.file(),
                mapping.names().size(),
                settings.thresholds().chosen(mapping.chosen()))
            : new Predictor(subject.file(), mapping.names().size(), settings.thresholds());
    this.size = settings.size();
    this.counts = new PairedCounts(mapping);
  }

  /** The reference: its categories are the card's, the first of a sub-network's is other. */
  static EvaluatedModel reference(
      EvaluationSubject subject, NetworkCard card, EvaluationSettings settings) {
    List<String> categories = card.categories();
    CategoryMapping all = CategoryMapping.identity(categories);
    return opened(
        subject,
        card,
        settings,
        model ->
            ownMapping(model)
                .filter(own -> own.hasOther() && own.names().size() == categories.size())
                .map(own -> withoutFirst(categories))
                .orElse(card.independent() ? all.independently() : all));
  }

  /**
   * A network to compare with the reference: cut from it, or one with the same categories.
   *
   * @throws InvalidInputException if it was cut from a network with other categories
   */
  static EvaluatedModel compared(
      EvaluationSubject subject, EvaluatedModel reference, EvaluationSettings settings) {
    return opened(
        subject,
        reference.card,
        settings,
        model ->
            ownMapping(model)
                .map(own -> relation(model.file(), own, reference))
                .orElse(reference.mapping));
  }

  private static CategoryMapping relation(
      Path file, CategoryMapping own, EvaluatedModel reference) {
    List<String> expected = reference.mapping.source();
    if (own.source().equals(expected)) {
      if (own.independent() != reference.mapping.independent()) {
        throw new InvalidInputException(
            "%s: was cut from a network whose categories are %s, but those of %s are not; evaluate it with the network card that it was cut with"
                .formatted(
                    file,
                    own.independent() ? "independent" : "exclusive",
                    reference.subject.file()));
      }
      return own;
    }
    if (own.names().equals(expected)) {
      return reference.mapping;
    }
    throw new InvalidInputException(
        ("%s: was cut from a network with the categories %s, but those of %s are %s; evaluate it"
                + " against the network that it was cut from, with the same network card")
            .formatted(file, own.source(), reference.subject.file(), expected));
  }

  private static Optional<CategoryMapping> ownMapping(OnnxRuntimeModel model) {
    return CategoryMapping.fromMetadata(model.metadata(), model.file().toString());
  }

  private static CategoryMapping withoutFirst(List<String> categories) {
    return CategoryMapping.of(categories, IntStream.range(1, categories.size()).boxed().toList());
  }

  private static EvaluatedModel opened(
      EvaluationSubject subject,
      NetworkCard card,
      EvaluationSettings settings,
      Function<OnnxRuntimeModel, CategoryMapping> mapping) {
    OnnxRuntimeModel model =
        OnnxRuntimeModel.open(
            subject.file(), settings.threads(), subject.boundary(), subject.output());
    try {
      return new EvaluatedModel(subject, model, card, mapping.apply(model), settings);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  OnnxRuntimeModel model() {
    return model;
  }

  /**
   * The network's prediction, in its own categories.
   *
   * @param at the size that it is wanted at
   */
  int[] predict(InputTensor image, Size at) {
    return predictor.labels(model.run(image), at);
  }

  /**
   * Counts one image.
   *
   * @param labels in the reference's categories
   * @param referencePrediction in the reference's categories
   * @param prediction in this network's own categories
   */
  void count(int[] labels, int[] referencePrediction, int[] prediction) {
    counts.add(labels, referencePrediction, prediction);
  }

  /** Everything that was counted. */
  ModelCounts counts() {
    return counts.all();
  }

  /** Adds what this network and the reference counted on other images. */
  void add(ModelCounts counted) {
    counts.add(counted);
  }

  /** Counts of one image alone, in the chosen categories; as for {@link #count}. */
  List<ComparedCategory> compare(int[] labels, int[] referencePrediction, int[] prediction) {
    PairedCounts alone = new PairedCounts(mapping);
    alone.add(labels, referencePrediction, prediction);
    return alone.categories();
  }

  /**
   * What both predict on one image, in this network's categories; as for {@link #count}.
   *
   * @param labels the mask's, or the reference's prediction
   */
  NetworkPrediction onImage(
      LoadedImage image, LabelMap labels, int[] referencePrediction, int[] prediction) {
    return new NetworkPrediction(
        image.sample(),
        size,
        mapping,
        image.labels() == null ? null : mapping.apply(shown(labels.values(), labels)),
        mapping.apply(shown(referencePrediction, labels)),
        shown(prediction, labels),
        compare(labels.values(), referencePrediction, prediction),
        card);
  }

  /** For pictures the input's size is enough, and many may be kept. */
  private int[] shown(int[] categories, LabelMap labels) {
    return new LabelMap(labels.size(), categories).at(size).values();
  }

  ReferenceResult referenceResult(@Nullable Latency latency) {
    return new ReferenceResult(footprint(latency), counts.scores());
  }

  NetworkResult networkResult(@Nullable Latency latency) {
    return new NetworkResult(footprint(latency), counts.categories(), counts.other());
  }

  private Footprint footprint(@Nullable Latency latency) {
    return new Footprint(subject.file(), subject.cost(), ModelFile.bytes(subject.file()), latency);
  }

  @Override
  public void close() {
    model.close();
  }
}
