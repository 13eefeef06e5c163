package io.disassembler.figures;

import io.disassembler.figures.Text.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How relevance is distributed in each layer: one panel for each attribution, with its threshold,
 * and one for what passes both. Each column of a panel is a layer's histogram, upright and centred:
 * its width is the square root of the share of channels, so that few can be seen beside many.
 */
final class RelevanceChart implements Drawing {
  private static final int MARGIN = 12;
  private static final int GAP = 6;
  private static final float TITLE = 15;
  private static final float NOTE = 11;
  private static final int PANEL = 175;
  private static final int LOWEST_PANEL = 80;
  private static final int EXTENT = 760;
  private static final int LONGEST_LABEL = 190;
  private static final int LEFT = 64;
  private static final int RIGHT = 110;

  private final String title;
  private final Axis layers;
  private final List<Panel> panels;
  private final List<Double> passing;

  /**
   * The histograms of all layers by one attribution.
   *
   * @param threshold in [0, 1]
   * @param symbol what the threshold is called
   * @param shares per layer and bin, from relevance 0 to 1, the share of the layer's channels; each
   *     row sums to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
  record Panel(String title, double threshold, String symbol, double[][] shares) {}

  /**
   * @param names of the layers
   * @param passing per layer the share of channels that pass both thresholds
   */
  RelevanceChart(String title, List<String> names, List<Panel> panels, List<Double> passing) {
    this.title = title;
    this.layers =
        Axis.labelled(
            "feature map",
            names.stream().map(name -> Text.fitted(name, 11, LONGEST_LABEL)).toList(),
            EXTENT);
    this.panels = List.copyOf(panels);
    this.passing = List.copyOf(passing);
  }

  @Override
  public int width() {
    return LEFT + layers.extent() + RIGHT;
  }

  @Override
  public int height() {
    return (int)
        Math.ceil(top(panels.size()) + LOWEST_PANEL + GAP + layers.longestLabel() + MARGIN);
  }

  /** Everything that is written. */
  List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    texts.add(Text.across(title, LEFT, MARGIN + Text.lineHeight(TITLE) / 2, TITLE, Anchor.START));
    for (int i = 0; i < panels.size(); i++) {
      texts.addAll(scale(top(i), PANEL, panels.get(i).title()));
      texts.add(
          Text.across(
              "%s = %s".formatted(panels.get(i).symbol(), panels.get(i).threshold()),
              LEFT + layers.extent() + GAP,
              top(i) + PANEL * (1 - panels.get(i).threshold()),
              12,
              Anchor.START));
    }
    double last = top(panels.size());
    texts.addAll(scale(last, LOWEST_PANEL, "pass both"));
    for (int layer = 0; layer < layers.count(); layer++) {
      double x = LEFT + (layer + 0.5) * layers.cell();
      texts.add(
          Text.upwards(
              layers.labels().get(layer),
              x,
              last + LOWEST_PANEL + GAP,
              Math.min(11, layers.fontSize()),
              Anchor.END));
    }
    return texts;
  }

  private static List<Text> scale(double top, double height, String title) {
    List<Text> texts = new ArrayList<>();
    for (double share : new double[] {0, 0.5, 1}) {
      texts.add(
          Text.across(
              String.format(Locale.ROOT, "%.1f", share),
              LEFT - GAP,
              top + height * (1 - share),
              NOTE,
              Anchor.END));
    }
    texts.add(Text.upwards(title, MARGIN + 8, top + height / 2, NOTE, Anchor.MIDDLE));
    return texts;
  }

  private double top(int panel) {
    return MARGIN + Text.lineHeight(TITLE) + 2 * GAP + panel * (PANEL + 3.0 * GAP);
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    for (int i = 0; i < panels.size(); i++) {
      panel(graphics, panels.get(i), top(i));
    }
    double last = top(panels.size());
    graphics.setColor(Colors.SERIES.get(0));
    for (int layer = 0; layer < layers.count(); layer++) {
      double height = LOWEST_PANEL * passing.get(layer);
      graphics.fill(
          new Rectangle2D.Double(
              LEFT + layer * layers.cell() + 0.15 * layers.cell(),
              last + LOWEST_PANEL - height,
              0.7 * layers.cell(),
              height));
    }
    frame(graphics, last, LOWEST_PANEL);
    texts().forEach(text -> text.draw(graphics));
  }

  private void panel(Graphics2D graphics, Panel panel, double top) {
    graphics.setColor(Colors.SERIES.get(5));
    for (int layer = 0; layer < layers.count(); layer++) {
      double x = LEFT + (layer + 0.5) * layers.cell();
      graphics.fill(histogram(panel.shares()[layer], x, top));
    }
    double y = top + PANEL * (1 - panel.threshold());
    graphics.setColor(Colors.SERIES.get(1));
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(new Line2D.Double(LEFT, y, LEFT + layers.extent(), y));
    frame(graphics, top, PANEL);
  }

  /** One outline around all bars, so that no seams show between them. */
  private Path2D histogram(double[] shares, double x, double top) {
    double bin = (double) PANEL / shares.length;
    double largest = Arrays.stream(shares).max().orElse(1);
    double[] halves =
        Arrays.stream(shares)
            .map(share -> 0.45 * layers.cell() * Math.sqrt(share / largest))
            .toArray();
    Path2D outline = new Path2D.Double();
    outline.moveTo(x, top + PANEL);
    for (int b = 0; b < halves.length; b++) {
      outline.lineTo(x + halves[b], top + PANEL - b * bin);
      outline.lineTo(x + halves[b], top + PANEL - (b + 1) * bin);
    }
    for (int b = halves.length - 1; b >= 0; b--) {
      outline.lineTo(x - halves[b], top + PANEL - (b + 1) * bin);
      outline.lineTo(x - halves[b], top + PANEL - b * bin);
    }
    outline.closePath();
    return outline;
  }

  private void frame(Graphics2D graphics, double top, double height) {
    graphics.setColor(Colors.INK);
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.draw(new Rectangle2D.Double(LEFT, top, layers.extent(), height));
  }
}
