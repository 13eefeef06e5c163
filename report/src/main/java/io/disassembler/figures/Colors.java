package io.disassembler.figures;

import java.awt.Color;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The colours of figures; all can be told apart by the colour-blind. */
public final class Colors {
  /** Text and lines. */
  public static final Color INK = new Color(0x22, 0x22, 0x22);

  /** Lines that only guide the eye. */
  public static final Color GUIDE = new Color(0xBB, 0xBB, 0xBB);

  /** Lines, points and areas that stand for different things (Okabe and Ito, 2008). */
  public static final List<Color> SERIES =
      List.of(
          new Color(0x00, 0x72, 0xB2),
          new Color(0xD5, 0x5E, 0x00),
          new Color(0x00, 0x9E, 0x73),
          new Color(0xCC, 0x79, 0xA7),
          new Color(0xE6, 0x9F, 0x00),
          new Color(0x56, 0xB4, 0xE9),
          new Color(0x80, 0x80, 0x80));

  private static final List<Color> VIRIDIS = viridis();

  private Colors() {}

  /**
   * Viridis, perceptually uniform from dark to light.
   *
   * @param value from 0 to 1; what is outside gets the colour of the nearer end
   */
  public static Color viridis(double value) {
    int index = (int) Math.floor(value * VIRIDIS.size());
    return VIRIDIS.get(Math.max(0, Math.min(VIRIDIS.size() - 1, index)));
  }

  /** Black or white, whichever is easier to read on {@code background}. */
  static Color readableOn(Color background) {
    double luminance =
        0.299 * background.getRed() + 0.587 * background.getGreen() + 0.114 * background.getBlue();
    return luminance > 140 ? Color.BLACK : Color.WHITE;
  }

  private static List<Color> viridis() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Colors.class.getResourceAsStream("viridis.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> new Color(Integer.parseInt(line, 16)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
