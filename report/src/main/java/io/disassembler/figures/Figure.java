package io.disassembler.figures;

import io.disassembler.base.Csv;
import io.disassembler.base.Replacement;
import java.nio.file.Path;
import java.util.List;

/**
 * A drawing with a name and words.
 *
 * @param name its file name without extension
 * @param caption what it shows, in a sentence or two
 * @param numbers what is drawn, as a table: its head, then its rows
 */
public record Figure(String name, String caption, Drawing drawing, List<List<String>> numbers) {
  /** Pixels per point in PNG files: sharp in print at column width. */
  private static final int SCALE = 2;

  public Figure {
    numbers = List.copyOf(numbers);
  }

  /**
   * Writes {@code NAME.png}, {@code NAME.svg} and {@code NAME.csv}.
   *
   * @throws io.disassembler.base.InvalidInputException if a file cannot be written
   */
  public void write(Path folder) {
    Replacement.write(folder.resolve(name + ".png"), png());
    Replacement.write(
        folder.resolve(name + ".svg"), Svg.of(drawing, caption).getBytes(Svg.CHARSET));
    Replacement.write(folder.resolve(name + ".csv"), Csv.format(numbers));
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
