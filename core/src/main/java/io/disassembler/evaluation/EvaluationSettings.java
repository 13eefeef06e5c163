package io.disassembler.evaluation;

import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import org.jspecify.annotations.Nullable;

/**
 * How networks are evaluated.
 *
 * @param size what images are resized to
 * @param pixels whose pixels are counted where there are masks
 * @param threads how many ONNX Runtime uses for one network, at least 1
 * @param keepGoing whether more than 5 % broken images are tolerated
 * @param thresholds what the networks put out for categories that do not compete
 * @param latency how latency is measured; null if it is not
 */
public record EvaluationSettings(
    Size size,
    CountedPixels pixels,
    int threads,
    boolean keepGoing,
    Thresholds thresholds,
    @Nullable LatencySettings latency) {

  public EvaluationSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
  }

  /**
   * Pixels of the input, logits, at most 5 % broken images, latency measured as {@link
   * LatencySettings#DEFAULT}.
   */
  public EvaluationSettings(Size size, int threads) {
    this(size, CountedPixels.INPUT, threads, false, Thresholds.LOGIT, LatencySettings.DEFAULT);
  }

  /** Makes of images and masks what networks take and what is counted. */
  Preprocessor preprocessor(NetworkCard card) {
    Preprocessor resizing = new Preprocessor(card, size);
    return pixels == CountedPixels.IMAGE ? resizing.withLabelsOfImages() : resizing;
  }

  /** Whose pixels are counted: predictions, where they are the labels, have those of the input. */
  CountedPixels counted(LabelSource labels) {
    return labels == LabelSource.MASKS ? pixels : CountedPixels.INPUT;
  }
}
