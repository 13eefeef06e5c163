package io.disassembler.figures;

import io.disassembler.figures.Text.Anchor;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/** Where the parts of a heatmap go, in points. */
final class HeatmapLayout {
  static final int BAR_WIDTH = 14;
  private static final int GAP = 6;
  private static final int MARGIN = 12;
  private static final float TITLE = 15;
  private static final float AXIS_TITLE = 12;
  private static final float TICK = 11;
  private static final int TALLEST_BAR = 220;
  private static final int SHORTEST_BAR = 80;

  private final Heatmap heatmap;
  private final boolean columnsUpwards;
  private final boolean spansUpwards;
  private final Rectangle cells;
  private final Rectangle bar;
  private final int width;
  private final int height;

  HeatmapLayout(Heatmap heatmap) {
    this.heatmap = heatmap;
    Axis rows = heatmap.rows();
    Axis columns = heatmap.columns();
    columnsUpwards = columns.longestLabel() + 2 > columns.cell();
    spansUpwards =
        columns.spans().stream().anyMatch(span -> Text.length(span.label(), TICK) > extent(span));
    double title = Text.lineHeight(AXIS_TITLE) + GAP;
    int left = up(MARGIN + title + rows.longestLabel() + GAP);
    int top = up(MARGIN + Text.lineHeight(TITLE) + GAP);
    cells = new Rectangle(left, top, columns.extent(), rows.extent());
    int barHeight = Math.max(SHORTEST_BAR, Math.min(TALLEST_BAR, cells.height));
    bar = new Rectangle(cells.x + cells.width + 3 * GAP, top, BAR_WIDTH, barHeight);
    int right = up(bar.x + BAR_WIDTH + GAP + Text.length("0.00", TICK) + title + MARGIN);
    width = Math.max(right, up(left + Text.length(heatmap.title(), TITLE) + MARGIN));
    int below = up(cells.y + cells.height + GAP + columnLabels() + spanLabels() + title + MARGIN);
    height = Math.max(below, up(barTitleEnd() + Text.lineHeight(TICK) / 2 + MARGIN));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The area of the cells. */
  Rectangle cells() {
    return cells;
  }

  /** The area of the colour bar. */
  Rectangle bar() {
    return bar;
  }

  /** Everything that is written outside the cells. */
  List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    texts.add(
        Text.across(
            heatmap.title(), cells.x, MARGIN + Text.lineHeight(TITLE) / 2, TITLE, Anchor.START));
    texts.addAll(rowLabels());
    texts.addAll(columnTexts());
    texts.addAll(spanTexts());
    double middle = cells.x + cells.width / 2.0;
    double line = Text.lineHeight(AXIS_TITLE);
    texts.add(
        Text.across(
            heatmap.columns().title(),
            Math.max(middle, MARGIN + Text.length(heatmap.columns().title(), AXIS_TITLE) / 2),
            cells.y + cells.height + GAP + columnLabels() + spanLabels() + line / 2,
            AXIS_TITLE,
            Anchor.MIDDLE));
    texts.add(
        Text.upwards(
            heatmap.rows().title(),
            MARGIN + line / 2,
            cells.y + cells.height / 2.0,
            AXIS_TITLE,
            Anchor.MIDDLE));
    texts.addAll(barTexts());
    return texts;
  }

  private List<Text> rowLabels() {
    Axis rows = heatmap.rows();
    List<Text> texts = new ArrayList<>();
    for (int row = 0; row < rows.labels().size(); row++) {
      double y = cells.y + (row + 0.5) * rows.cell();
      texts.add(Text.across(rows.labels().get(row), cells.x - GAP, y, rows.fontSize(), Anchor.END));
    }
    return texts;
  }

  private List<Text> columnTexts() {
    Axis columns = heatmap.columns();
    double y = cells.y + cells.height + GAP;
    List<Text> texts = new ArrayList<>();
    for (int column = 0; column < columns.labels().size(); column++) {
      double x = cells.x + (column + 0.5) * columns.cell();
      String label = columns.labels().get(column);
      texts.add(
          columnsUpwards
              ? Text.upwards(label, x, y, columns.fontSize(), Anchor.END)
              : Text.across(
                  label,
                  x,
                  y + Text.lineHeight(columns.fontSize()) / 2,
                  columns.fontSize(),
                  Anchor.MIDDLE));
    }
    return texts;
  }

  /** The labels of the spans that are wide enough for theirs. */
  private List<Text> spanTexts() {
    double y = cells.y + cells.height + GAP + columnLabels();
    double line = Text.lineHeight(TICK);
    List<Text> texts = new ArrayList<>();
    for (Axis.Span span : heatmap.columns().spans()) {
      double x = cells.x + (span.from() + span.to()) / 2.0 * heatmap.columns().cell();
      if (!spansUpwards) {
        texts.add(Text.across(span.label(), x, y + line / 2, TICK, Anchor.MIDDLE));
      } else if (extent(span) >= line) {
        texts.add(Text.upwards(span.label(), x, y, TICK, Anchor.END));
      }
    }
    return texts;
  }

  private List<Text> barTexts() {
    List<Text> texts = new ArrayList<>();
    double x = bar.x + BAR_WIDTH + GAP;
    for (double share : new double[] {0, 0.5, 1}) {
      double y = bar.y + bar.height * (1 - share);
      texts.add(Text.across(heatmap.scale().tick(share), x, y, TICK, Anchor.START));
    }
    double line = Text.lineHeight(AXIS_TITLE);
    double end = x + Text.length("0.00", TICK) + GAP + line / 2;
    texts.add(Text.upwards(heatmap.scale().title(), end, barTitleEnd(), AXIS_TITLE, Anchor.START));
    return texts;
  }

  /** Lower end of the bar's title, which may be longer than the bar. */
  private double barTitleEnd() {
    return bar.y + Math.max(bar.height, Text.length(heatmap.scale().title(), AXIS_TITLE));
  }

  private double columnLabels() {
    Axis columns = heatmap.columns();
    if (columns.labels().isEmpty()) {
      return 0;
    }
    return GAP + (columnsUpwards ? columns.longestLabel() : Text.lineHeight(columns.fontSize()));
  }

  private double spanLabels() {
    List<Axis.Span> spans = heatmap.columns().spans();
    if (spans.isEmpty()) {
      return 0;
    }
    double longest =
        spans.stream().mapToDouble(span -> Text.length(span.label(), TICK)).max().orElse(0);
    return GAP + (spansUpwards ? longest : Text.lineHeight(TICK));
  }

  private double extent(Axis.Span span) {
    return (double) (span.to() - span.from()) * heatmap.columns().cell();
  }

  private static int up(double value) {
    return (int) Math.ceil(value);
  }
}
