package io.disassembler.figures;

import java.awt.Graphics2D;

/** Something that can be drawn, on pixels or as vectors. */
public interface Drawing {

  /** Width in points. */
  int width();

  /** Height in points. */
  int height();

  /** Draws it with its upper left corner at the origin; leaves nothing of the area unpainted. */
  void draw(Graphics2D graphics);
}
