package io.disassembler.evaluation;

/**
 * Labelled pixels counted for one category over all images. Ratios with nothing to divide by are
 * NaN.
 *
 * @param truePositives predicted and labelled as it
 * @param falsePositives predicted as it, labelled as another
 * @param falseNegatives labelled as it, predicted as another
 * @param areaWithout labelled pixels of the images that lack the category
 * @param falseAreaWithout those of them predicted as it
 */
public record CategoryCounts(
    long truePositives,
    long falsePositives,
    long falseNegatives,
    long areaWithout,
    long falseAreaWithout) {

  /** These counts and those of other images. */
  public CategoryCounts plus(CategoryCounts other) {
    return new CategoryCounts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        areaWithout + other.areaWithout,
        falseAreaWithout + other.falseAreaWithout);
  }

  /** Intersection over union, 0 to 1. */
  public double iou() {
    return (double) truePositives / (truePositives + falsePositives + falseNegatives);
  }

  /** Share of the predicted pixels that are right. */
  public double precision() {
    return (double) truePositives / (truePositives + falsePositives);
  }

  /** Share of the labelled pixels that are found. */
  public double recall() {
    return (double) truePositives / (truePositives + falseNegatives);
  }

  /** Share of the labelled area that is predicted as the category, on images that lack it. */
  public double falsePositiveRate() {
    return (double) falseAreaWithout / areaWithout;
  }
}
