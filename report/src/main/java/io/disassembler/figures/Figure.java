package io.disassembler.figures;

import io.disassembler.base.Replacement;
import java.nio.file.Path;

/**
 * A drawing with a name and words.
 *
 * @param name its file name without extension
 * @param caption what it shows, in a sentence or two
 */
public record Figure(String name, String caption, Drawing drawing) {
  /** Pixels per point in PNG files: sharp in print at column width. */
  private static final int SCALE = 2;

  /**
   * Writes {@code NAME.png} and {@code NAME.svg}.
   *
   * @throws io.disassembler.base.InvalidInputException if a file cannot be written
   */
  public void write(Path folder) {
    Replacement.write(folder.resolve(name + ".png"), png());
    Replacement.write(
        folder.resolve(name + ".svg"), Svg.of(drawing, caption).getBytes(Svg.CHARSET));
  }

  /** The drawing as PNG. */
  public byte[] png() {
    return Png.of(drawing, SCALE);
  }

  /** The drawing as SVG, with the caption as its title. */
  public String svg() {
    return Svg.of(drawing, caption);
  }
}
