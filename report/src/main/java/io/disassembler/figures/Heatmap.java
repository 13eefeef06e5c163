package io.disassembler.figures;

import io.disassembler.figures.Text.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A table of numbers as colours, with a bar that says which colour is which number. Where cells are
 * large enough for a labelled table, the numbers are written into them.
 */
final class Heatmap implements Drawing {
  /** Pixels per point of the cells' picture, so that its edges are sharp on fine screens. */
  private static final int SHARPNESS = 2;

  private static final int WRITTEN_FROM = 22;
  private static final Color MISSING = new Color(0xEE, 0xEE, 0xEE);

  private final String title;
  private final double[][] values;
  private final Axis rows;
  private final Axis columns;
  private final Scale scale;
  private final HeatmapLayout layout;

  /**
   * @param values row by row; NaN where there is no number; not copied
   */
  Heatmap(String title, double[][] values, Axis rows, Axis columns, Scale scale) {
    this.title = title;
    this.values = values;
    this.rows = rows;
    this.columns = columns;
    this.scale = scale;
    layout = new HeatmapLayout(this);
  }

  String title() {
    return title;
  }

  Axis rows() {
    return rows;
  }

  Axis columns() {
    return columns;
  }

  Scale scale() {
    return scale;
  }

  double value(int row, int column) {
    return values[row][column];
  }

  HeatmapLayout layout() {
    return layout;
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public int height() {
    return layout.height();
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    Rectangle area = layout.cells();
    graphics.drawImage(picture(), area.x, area.y, area.width, area.height, null);
    numbers(graphics);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(1));
    columns.spans().stream()
        .mapToInt(Axis.Span::from)
        .filter(from -> from > 0)
        .mapToObj(from -> area.x + from * columns.cell())
        .forEach(x -> graphics.draw(new Line2D.Double(x, area.y, x, area.y + area.height)));
    bar(graphics);
    graphics.setColor(Colors.INK);
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.draw(area);
    graphics.draw(layout.bar());
    layout.texts().forEach(text -> text.draw(graphics));
  }

  private BufferedImage picture() {
    Rectangle area = layout.cells();
    BufferedImage picture =
        new BufferedImage(
            SHARPNESS * area.width, SHARPNESS * area.height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        double value = values[y / (SHARPNESS * rows.cell())][x / (SHARPNESS * columns.cell())];
        picture.setRGB(x, y, color(value).getRGB());
      }
    }
    return picture;
  }

  private Color color(double value) {
    return Double.isNaN(value) ? MISSING : Colors.viridis(scale.share(value));
  }

  private void numbers(Graphics2D graphics) {
    boolean fit =
        !rows.labels().isEmpty()
            && !columns.labels().isEmpty()
            && Math.min(rows.cell(), columns.cell()) >= WRITTEN_FROM;
    if (!fit) {
      return;
    }
    float size = Math.min(12, 0.4f * columns.cell());
    Rectangle area = layout.cells();
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < columns.count(); column++) {
        double value = values[row][column];
        if (Double.isFinite(value)) {
          graphics.setColor(Colors.readableOn(color(value)));
          Text.across(
                  String.format(Locale.ROOT, "%.2f", value).replaceFirst("^0", ""),
                  area.x + (column + 0.5) * columns.cell(),
                  area.y + (row + 0.5) * rows.cell(),
                  size,
                  Anchor.MIDDLE)
              .draw(graphics);
        }
      }
    }
  }

  private void bar(Graphics2D graphics) {
    Rectangle bar = layout.bar();
    BufferedImage ramp = new BufferedImage(1, SHARPNESS * bar.height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < ramp.getHeight(); y++) {
      ramp.setRGB(0, y, Colors.viridis(1 - (y + 0.5) / ramp.getHeight()).getRGB());
    }
    graphics.drawImage(ramp, bar.x, bar.y, bar.width, bar.height, null);
  }
}
