package io.disassembler.data;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Colours among mask values. A legend may say what colours mean instead of numbers: {@code
 * 0xRRGGBB} is the value 2<sup>24</sup> + {@code 0xRRGGBB}, which no mask stores as a number.
 */
final class MaskColor {
  private static final int FIRST = 1 << 24;
  private static final int DIGITS = 6;

  private MaskColor() {}

  /** The value that stands for a colour {@code 0xRRGGBB}. */
  static int value(int rgb) {
    return FIRST + rgb;
  }

  /** Whether a value stands for a colour. */
  static boolean is(int value) {
    return value >= FIRST && value < 2 * FIRST;
  }

  /** A value as a card writes it: a number, or {@code #rrggbb}. */
  static String text(int value) {
    return is(value) ? rgbText(value - FIRST) : Integer.toString(value);
  }

  /** A colour {@code 0xRRGGBB} as {@code #rrggbb}. */
  static String rgbText(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  /** The value of a colour that is written as {@code #rrggbb}; empty if it is none. */
  static OptionalInt parse(String text) {
    return text.matches("#[0-9a-fA-F]{" + DIGITS + "}")
        ? OptionalInt.of(value(Integer.parseInt(text.substring(1), 16)))
        : OptionalInt.empty();
  }
}
