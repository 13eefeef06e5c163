package io.disassembler.scenes;

import java.awt.Color;
import java.util.SplittableRandom;

/** A colour; red, green and blue usually in [0, 1]. */
record Rgb(double red, double green, double blue) {

  static Rgb of(int hex) {
    return new Rgb((hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0);
  }

  /** One of the colours, each number off by up to {@code spread}. */
  static Rgb oneOf(SplittableRandom random, double spread, int... hex) {
    Rgb base = of(hex[random.nextInt(hex.length)]);
    double brightness = random.nextDouble(-spread, spread);
    return new Rgb(
        base.red + brightness + random.nextDouble(-spread, spread) / 3,
        base.green + brightness + random.nextDouble(-spread, spread) / 3,
        base.blue + brightness + random.nextDouble(-spread, spread) / 3);
  }

  Rgb times(double factor) {
    return new Rgb(red * factor, green * factor, blue * factor);
  }

  Rgb times(Rgb other) {
    return new Rgb(red * other.red, green * other.green, blue * other.blue);
  }

  /** {@code share} of {@code other}, the rest of this. */
  Rgb mix(Rgb other, double share) {
    return new Rgb(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  Color opaque() {
    return transparent(1);
  }

  Color transparent(double alpha) {
    return new Color(clip(red), clip(green), clip(blue), clip(alpha));
  }

  private static float clip(double value) {
    return (float) Math.max(0, Math.min(1, value));
  }
}
