package io.disassembler.evaluation;

import io.disassembler.data.ImageLoader;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.input.ImageBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Compares labels with what the full network says on the first images. Where they hardly agree,
 * simple explanations are tried: other meanings of the labels on what was counted, other inputs by
 * running the network again. One is told of only if agreement then rises clearly; a network that is
 * just bad is nobody's mistake.
 */
final class LabelCheck {
  /** Number of images that are looked at. */
  static final int IMAGES = 8;

  /** From this agreement on nothing is wrong enough to look for a mistake. */
  private static final double DOUBTFUL = 0.4;

  /** How much agreement must rise, absolutely and as a factor. */
  private static final double CLEARLY = 0.15;

  private static final double TIMES = 1.5;

  private final NetworkCard card;
  private final Confusion found;
  private final List<LoadedImage> images = new ArrayList<>();
  private final int broad;

  /**
   * @param card what is made of images and masks now
   */
  LabelCheck(NetworkCard card) {
    this.card = card;
    broad = Math.max(2, card.categories().size());
    found = new Confusion(broad);
  }

  /**
   * The doubt that the first images raise, each run once, and again only where labels and network
   * hardly agree.
   *
   * @param samples with masks
   */
  static Optional<LabelDoubt> of(
      EvaluationSubject network,
      NetworkCard card,
      List<Sample> samples,
      EvaluationSettings settings) {
    LabelCheck check = new LabelCheck(card);
    Preprocessor preprocessor = settings.preprocessor(card);
    try (EvaluatedModel model = EvaluatedModel.reference(network, card, settings);
        InputTensor input =
            new InputTensor(ImageBatch.shape(1, preprocessor.channels(), settings.size()));
        ImageLoader loader = new ImageLoader(samples, preprocessor, settings.keepGoing())) {
      BiFunction<float[], Size, int[]> predict =
          (pixels, at) -> {
            input.fill(pixels);
            return model.predict(input, at);
          };
      while (!check.isComplete() && loader.hasNext()) {
        LoadedImage image = loader.next();
        LabelMap labels = image.labels();
        if (labels != null) {
          check.add(image, predict.apply(image.pixels(), labels.size()));
        }
      }
      return check.doubt(predict);
    }
  }

  /** Whether all images that are looked at were added, and nothing was asked yet. */
  boolean isComplete() {
    return images.size() == IMAGES;
  }

  /**
   * Adds an image, unless there are enough or it has no labels, or categories are independent: what
   * may be wrong with those nobody looks for.
   */
  void add(LoadedImage image, int[] prediction) {
    LabelMap labels = image.labels();
    if (labels != null && !card.independent() && !isComplete()) {
      images.add(image);
      found.add(labels.values(), prediction);
    }
  }

  /**
   * What would explain that labels and network hardly agree; empty if they do agree, or nothing
   * simple explains it.
   *
   * @param predict runs the network on an input, channels x height x width (CHW), and gives its
   *     answer at a size
   */
  Optional<LabelDoubt> doubt(BiFunction<float[], Size, int[]> predict) {
    double now = found.agreement();
    if (images.isEmpty() || now >= DOUBTFUL) {
      return Optional.empty();
    }
    Optional<Explanation> best = best(LabelMeanings.of(found, card), now);
    for (List<InputVariant> variants : InputVariant.of(card)) {
      // Running the network again is dear: nobody asks what else would explain what is explained.
      if (best.isEmpty() || best.get().agreement() < DOUBTFUL) {
        List<Explanation> all = new ArrayList<>();
        best.ifPresent(all::add);
        variants.forEach(
            variant ->
                all.add(
                    new Explanation(
                        variant.explanation(), variant.attempt(), agreement(variant, predict))));
        best = best(all, now);
      }
    }
    return best.map(
        of -> new LabelDoubt(images.size(), now, of.text(), of.agreement(), of.attempt()));
  }

  /** The one with the highest agreement, the first of about equal ones; empty if none is clear. */
  private static Optional<Explanation> best(List<Explanation> all, double now) {
    Explanation best = null;
    for (Explanation each : all) {
      if (each.agreement() >= now + CLEARLY
          && each.agreement() >= TIMES * now
          && (best == null || each.agreement() > best.agreement() + Explanation.BETTER)) {
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  private double agreement(InputVariant variant, BiFunction<float[], Size, int[]> predict) {
    Confusion other = new Confusion(broad);
    for (LoadedImage image : images) {
      LabelMap labels = image.labels();
      if (labels != null) {
        other.add(labels.values(), predict.apply(variant.apply(image.pixels()), labels.size()));
      }
    }
    return other.agreement();
  }

  /**
   * Something that may be wrong.
   *
   * @param agreement if it were so
   */
  record Explanation(String text, String attempt, double agreement) {
    /** By how much a later, less simple explanation must be better. */
    static final double BETTER = 0.03;
  }
}
