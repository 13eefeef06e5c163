package io.disassembler.evaluation;

import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import org.jspecify.annotations.Nullable;

/**
 * How networks are evaluated.
 *
 * @param size what images are resized to
 * @param threads how many ONNX Runtime uses for one network, at least 1
 * @param keepGoing whether more than 5 % broken images are tolerated
 * @param thresholds what the networks put out for categories that do not compete
 * @param latency how latency is measured; null if it is not
 */
public record EvaluationSettings(
    Size size,
    int threads,
    boolean keepGoing,
    Thresholds thresholds,
    @Nullable LatencySettings latency) {

  public EvaluationSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads");
    }
  }

  /** Logits, at most 5 % broken images, latency measured as {@link LatencySettings#DEFAULT}. */
  public EvaluationSettings(Size size, int threads) {
    this(size, threads, false, Thresholds.LOGIT, LatencySettings.DEFAULT);
  }

  /** Makes of images what networks take, and leaves labels as large as the images are. */
  Preprocessor preprocessor(NetworkCard card) {
    return new Preprocessor(card, size).withLabelsOfImages();
  }
}
