package io.disassembler.cli.output;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the colours of a picture mean: a square and a name each, in as many lines as it takes.
 *
 * @param entries in their order
 */
record PictureLegend(List<Entry> entries) {
  private static final int SQUARE = 12;
  private static final int GAP = 6;
  private static final int LINE = 20;

  /**
   * A colour and its meaning.
   *
   * @param color {@code 0xRRGGBB}
   */
  record Entry(String name, int color) {}

  PictureLegend {
    entries = List.copyOf(entries);
  }

  /** Height of the legend in pixels where it is {@code width} wide and written by {@code font}. */
  int height(FontMetrics font, int width) {
    return place(null, font, 0, 0, width);
  }

  /** Draws it with its upper left corner at {@code left} and {@code top}. */
  void draw(Graphics2D graphics, int left, int top, int width) {
    int unused = place(graphics, graphics.getFontMetrics(), left, top, width);
  }

  private int place(@Nullable Graphics2D graphics, FontMetrics font, int left, int top, int width) {
    int x = left;
    int y = top;
    for (Entry entry : entries) {
      int extent = SQUARE + GAP + font.stringWidth(entry.name()) + 2 * GAP;
      if (x > left && x + extent > left + width) {
        x = left;
        y += LINE;
      }
      if (graphics != null) {
        graphics.setColor(new Color(entry.color()));
        graphics.fillRect(x, y + (LINE - SQUARE) / 2, SQUARE, SQUARE);
        graphics.setColor(Color.BLACK);
        graphics.drawString(entry.name(), x + SQUARE + GAP, y + LINE - GAP);
      }
      x += extent;
    }
    return entries.isEmpty() ? 0 : y + LINE - top;
  }
}
