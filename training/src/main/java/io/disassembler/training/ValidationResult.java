package io.disassembler.training;

import java.util.List;

/**
 * How well a network did on the validation images.
 *
 * @param ious IoU of each category, NaN for those that neither labels nor predictions show
 */
public record ValidationResult(List<Double> ious) {

  public ValidationResult {
    ious = List.copyOf(ious);
  }

  /** Mean over the categories that occur; 0 if none does. */
  public double meanIou() {
    return ious.stream().filter(iou -> !iou.isNaN()).mapToDouble(iou -> iou).average().orElse(0);
  }
}
