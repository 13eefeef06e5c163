package io.disassembler.figures;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/**
 * A piece of text with its place.
 *
 * @param text what it says
 * @param x of its anchor, in points
 * @param y of its anchor, in points
 * @param size of the font in points
 * @param anchor which end of the text is at (x, y); across the text its middle is
 * @param upwards whether it is turned to run upwards
 */
record Text(String text, double x, double y, float size, Anchor anchor, boolean upwards) {

  /** Which part of a text is at its place. */
  enum Anchor {
    START(0),
    MIDDLE(0.5),
    END(1);

    private final double share;

    Anchor(double share) {
      this.share = share;
    }
  }

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  static Text across(String text, double x, double y, float size, Anchor anchor) {
    return new Text(text, x, y, size, anchor, false);
  }

  static Text upwards(String text, double x, double y, float size, Anchor anchor) {
    return new Text(text, x, y, size, anchor, true);
  }

  /** How long {@code text} is, in points. */
  static double length(String text, float size) {
    return font(size).getStringBounds(text, CONTEXT).getWidth();
  }

  /** How high a line is, in points. */
  static double lineHeight(float size) {
    LineMetrics metrics = metrics(size);
    return metrics.getAscent() + metrics.getDescent();
  }

  /** {@code text}, or its ends around an ellipsis if it is longer than {@code most} points. */
  static String fitted(String text, float size, double most) {
    String fitted = text;
    int kept = text.length();
    while (length(fitted, size) > most && kept > 2) {
      kept--;
      int front = kept / 2;
      fitted = text.substring(0, front) + "…" + text.substring(text.length() - (kept - front));
    }
    return fitted;
  }

  /** The area that it takes. */
  Rectangle2D bounds() {
    double length = length(text, size);
    double height = lineHeight(size);
    return upwards
        ? new Rectangle2D.Double(x - height / 2, y - length * (1 - anchor.share), height, length)
        : new Rectangle2D.Double(x - length * anchor.share, y - height / 2, length, height);
  }

  void draw(Graphics2D graphics) {
    Font font = font(size);
    LineMetrics metrics = metrics(size);
    double baseline = (metrics.getAscent() - metrics.getDescent()) / 2;
    double start = -length(text, size) * anchor.share;
    graphics.setFont(font);
    graphics.translate(x, y);
    if (upwards) {
      graphics.rotate(-Math.PI / 2);
    }
    graphics.drawString(text, (float) start, (float) baseline);
    if (upwards) {
      graphics.rotate(Math.PI / 2);
    }
    graphics.translate(-x, -y);
  }

  private static Font font(float size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size);
  }

  private static LineMetrics metrics(float size) {
    return font(size).getLineMetrics("Äg", CONTEXT);
  }
}
