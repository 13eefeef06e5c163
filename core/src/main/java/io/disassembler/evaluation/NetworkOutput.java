package io.disassembler.evaluation;

import io.disassembler.data.Size;

/** The first output of a segmentation network. */
public sealed interface NetworkOutput {

  /** Height and width, of volumes depth before them. */
  Size size();

  /** Number of images. */
  int batch();

  /**
   * A score for every category, logit or probability.
   *
   * @param values batch x categories x (depth x) height x width, row-major; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // megabytes that are read once; no one compares them
  record Scores(float[] values, int batch, int categories, Size size) implements NetworkOutput {}

  /**
   * A category for every pixel, as of networks that end in an ArgMax.
   *
   * @param values batch x (depth x) height x width, row-major; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  record LabelMaps(int[] values, int batch, Size size) implements NetworkOutput {}
}
