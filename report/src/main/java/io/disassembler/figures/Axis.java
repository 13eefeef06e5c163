package io.disassembler.figures;

import java.util.List;

/**
 * One side of a heatmap.
 *
 * @param title what its cells are
 * @param count number of cells
 * @param cell extent of a cell in points
 * @param labels one for each cell, or none
 * @param spans runs of cells that belong together, ascending
 */
record Axis(String title, int count, int cell, List<String> labels, List<Span> spans) {
  /** A cell with a label is at least this large: the label's line must fit. */
  private static final int SMALLEST_LABELLED = 11;

  private static final int LARGEST_LABELLED = 44;
  private static final int LARGEST = 16;
  private static final float LARGEST_FONT = 13;

  /** Share of a cell that a label's font size may be, so that lines do not touch. */
  private static final float FONT_SHARE = 0.84f;

  /**
   * Cells that belong together.
   *
   * @param from the first
   * @param to one more than the last
   */
  record Span(String label, int from, int to) {}

  Axis {
    labels = List.copyOf(labels);
    spans = List.copyOf(spans);
  }

  /** Cells with a label each; about {@code extent} points in all where labels stay readable. */
  static Axis labelled(String title, List<String> labels, int extent) {
    int cell = Math.max(SMALLEST_LABELLED, Math.min(LARGEST_LABELLED, extent / labels.size()));
    return new Axis(title, labels.size(), cell, labels, List.of());
  }

  /** Cells without labels; about {@code extent} points in all where cells stay visible. */
  static Axis plain(String title, int count, int extent) {
    return new Axis(
        title, count, Math.max(1, Math.min(LARGEST, extent / count)), List.of(), List.of());
  }

  Axis with(List<Span> runs) {
    return new Axis(title, count, cell, labels, runs);
  }

  int extent() {
    return count * cell;
  }

  float fontSize() {
    return Math.min(LARGEST_FONT, FONT_SHARE * cell);
  }

  /** Length of the longest label in points; 0 without labels. */
  double longestLabel() {
    return labels.stream().mapToDouble(label -> Text.length(label, fontSize())).max().orElse(0);
  }
}
