package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;

/**
 * Labels as what is to be decided at each pixel, and back. Labels are numbers of categories, of a
 * single one 0 where it is and 1 where it is not, of independent ones sets of them.
 *
 * @param count how many decisions there are at a pixel
 * @param independent whether labels are sets
 * @param single whether there is one category, which labels call 0
 */
record DecisionLabels(int count, boolean independent, boolean single) {

  /** Of the labels of a network with these scores. */
  static DecisionLabels of(DecisionScores scores) {
    return new DecisionLabels(
        scores.decisions(), scores.independent(), scores.eachByItself() && !scores.independent());
  }

  /**
   * The scores that ought to be the highest.
   *
   * @param labels N x pixels; negative ones are left out, and stay
   * @return N x decisions x pixels
   */
  long[] decisions(long[] labels, int images) {
    long[] decisions = new long[labels.length * count];
    each(
        labels.length / images,
        images,
        (decision, pixel, at) -> decisions[at] = decision(labels[pixel], decision));
    return decisions;
  }

  private long decision(long label, int decision) {
    if (label < 0) {
      return label;
    }
    return independent ? label >> decision & 1 : single ? 1 - label : label;
  }

  /**
   * The labels that say so.
   *
   * @param decisions N x decisions x pixels
   * @return N x pixels
   */
  long[] labels(long[] decisions, int images) {
    long[] labels = new long[decisions.length / count];
    each(
        labels.length / images,
        images,
        (decision, pixel, at) ->
            labels[pixel] |=
                independent
                    ? decisions[at] << decision
                    : single ? 1 - decisions[at] : decisions[at]);
    return labels;
  }

  /** Something about one decision at one pixel of all images. */
  private interface Visitor {
    void at(int decision, int pixel, int place);
  }

  private void each(int area, int images, Visitor visitor) {
    for (int image = 0; image < images; image++) {
      for (int decision = 0; decision < count; decision++) {
        for (int pixel = 0; pixel < area; pixel++) {
          visitor.at(decision, image * area + pixel, (image * count + decision) * area + pixel);
        }
      }
    }
  }
}
