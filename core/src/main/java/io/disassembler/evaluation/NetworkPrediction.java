package io.disassembler.evaluation;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network and the reference predict on one image, in the network's categories.
 *
 * @param size height and width of the arrays: the input's, though pixels of the image are counted
 * @param mapping the network's categories
 * @param labels what the mask says, row by row, -1 where it says nothing; null without a mask
 * @param reference categories that the reference predicts
 * @param network categories that the network predicts
 * @param categories counts of both in this image, of the chosen categories
 * @param card the reference's, which says how the image is read
 */
@SuppressWarnings("ArrayRecordComponent") // label maps; no one compares them
public record NetworkPrediction(
    Sample sample,
    Size size,
    CategoryMapping mapping,
    int @Nullable [] labels,
    int[] reference,
    int[] network,
    List<ComparedCategory> categories,
    NetworkCard card) {

  /**
   * How much IoU the network loses against the reference on this image: the mean over the chosen
   * categories that labels or predictions show, in [-1, 1]. A category that is rightly not
   * predicted counts as IoU 1.
   */
  public double loss() {
    return categories.stream()
        .filter(c -> !(Double.isNaN(c.reference().iou()) && Double.isNaN(c.counts().iou())))
        .mapToDouble(c -> orOne(c.reference().iou()) - orOne(c.counts().iou()))
        .average()
        .orElse(0);
  }

  /** Share of the pixels at which both predict different categories. */
  public double differing() {
    int differing = 0;
    for (int i = 0; i < network.length; i++) {
      differing += network[i] == reference[i] ? 0 : 1;
    }
    return (double) differing / network.length;
  }

  private static double orOne(double iou) {
    return Double.isNaN(iou) ? 1 : iou;
  }
}
