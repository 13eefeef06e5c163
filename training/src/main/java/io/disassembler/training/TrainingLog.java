package io.disassembler.training;

import io.disassembler.base.Json;
import java.util.Comparator;
import java.util.List;

/**
 * What was measured in a training run.
 *
 * @param epochs one report for each epoch, and one from before the first
 */
public record TrainingLog(List<EpochReport> epochs) {
  public TrainingLog {
    epochs = List.copyOf(epochs);
  }

  /** The first report with the highest validation mIoU: that of the weights that were kept. */
  public EpochReport best() {
    return epochs.stream()
        .sorted(Comparator.comparingInt(EpochReport::epoch))
        .reduce(
            (best, next) -> next.validation().meanIou() > best.validation().meanIou() ? next : best)
        .orElseThrow(() -> new IllegalStateException("an empty log"));
  }

  /** {@code {"epochs":[...]}} with everything that the reports say. */
  public String toJson() {
    return Json.pretty(this);
  }
}
