package io.disassembler.evaluation;

/**
 * Counts how predictions agree with labels, image by image. The sums do not depend on the order of
 * the images.
 */
public final class IouCounter {
  private final int categories;
  private final long[] truePositives;
  private final long[] falsePositives;
  private final long[] falseNegatives;
  private final long[] areaWithout;
  private final long[] falseAreaWithout;

  public IouCounter(int categories) {
    this.categories = categories;
    this.truePositives = new long[categories];
    this.falsePositives = new long[categories];
    this.falseNegatives = new long[categories];
    this.areaWithout = new long[categories];
    this.falseAreaWithout = new long[categories];
  }

  /**
   * Counts one image.
   *
   * @param labels the true category of each pixel; negative ones are left out
   * @param predictions the predicted category of each pixel; here and in the labels the number of
   *     categories stands for none of them
   */
  public void add(int[] labels, int[] predictions) {
    if (labels.length != predictions.length) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + predictions.length + " predictions");
    }
    long[] hits = new long[categories + 1];
    long[] labelled = new long[categories + 1];
    long[] predicted = new long[categories + 1];
    long area = 0;
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int label = labels[pixel];
      if (label >= 0) {
        int prediction = predictions[pixel];
        area++;
        labelled[label]++;
        predicted[prediction]++;
        if (label == prediction) {
          hits[label]++;
        }
      }
    }
    for (int category = 0; category < categories; category++) {
      count(category, hits[category], labelled[category], predicted[category], area);
    }
  }

  private void count(int category, long both, long labelled, long predicted, long area) {
    truePositives[category] += both;
    falsePositives[category] += predicted - both;
    falseNegatives[category] += labelled - both;
    if (labelled == 0) {
      areaWithout[category] += area;
      falseAreaWithout[category] += predicted;
    }
  }

  /**
   * Counts one image whose pixels may have several categories, or none.
   *
   * @param labels the true categories of each pixel, bit c for category c; negative ones are left
   *     out
   * @param predictions the predicted categories of each pixel, likewise
   */
  public void addSets(int[] labels, int[] predictions) {
    for (int category = 0; category < categories; category++) {
      long both = 0;
      long labelled = 0;
      long predicted = 0;
      long area = 0;
      for (int pixel = 0; pixel < labels.length; pixel++) {
        if (labels[pixel] >= 0) {
          int label = labels[pixel] >> category & 1;
          int prediction = predictions[pixel] >> category & 1;
          area++;
          labelled += label;
          predicted += prediction;
          both += label & prediction;
        }
      }
      count(category, both, labelled, predicted, area);
    }
  }

  /** Adds what another counter has counted on other images. */
  public void merge(IouCounter other) {
    if (other.categories != categories) {
      throw new IllegalArgumentException(other.categories + " categories into " + categories);
    }
    addTo(truePositives, other.truePositives);
    addTo(falsePositives, other.falsePositives);
    addTo(falseNegatives, other.falseNegatives);
    addTo(areaWithout, other.areaWithout);
    addTo(falseAreaWithout, other.falseAreaWithout);
  }

  /** Adds what was counted for one category on other images. */
  void add(int category, CategoryCounts counted) {
    truePositives[category] += counted.truePositives();
    falsePositives[category] += counted.falsePositives();
    falseNegatives[category] += counted.falseNegatives();
    areaWithout[category] += counted.areaWithout();
    falseAreaWithout[category] += counted.falseAreaWithout();
  }

  /** What was counted so far for one category. */
  public CategoryCounts counts(int category) {
    return new CategoryCounts(
        truePositives[category],
        falsePositives[category],
        falseNegatives[category],
        areaWithout[category],
        falseAreaWithout[category]);
  }

  private static void addTo(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }
}
