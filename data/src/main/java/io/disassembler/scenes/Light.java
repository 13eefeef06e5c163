package io.disassembler.scenes;

import java.util.SplittableRandom;

/**
 * Weather and time of day.
 *
 * @param zenith colour of the sky above
 * @param haze colour of the sky at the horizon, which far things fade into
 * @param visibility distance in metres at which two thirds of a colour are haze
 * @param ambient light that comes from everywhere
 * @param sun colour of the light that comes from one direction
 * @param direction where that comes from, of length 1
 * @param clouds share of the sky that clouds cover
 * @param night from 0 by day to 1: how many windows and lamps are lit
 */
record Light(
    Rgb zenith,
    Rgb haze,
    double visibility,
    Rgb ambient,
    Rgb sun,
    Point direction,
    double clouds,
    double night) {

  static Light random(SplittableRandom random) {
    Point direction =
        new Point(random.nextDouble(-1, 1), random.nextDouble(0.5, 1.2), random.nextDouble(-1, 0.7))
            .normalized();
    double visibility = random.nextDouble(90, 500);
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 ->
          new Light(
              Rgb.oneOf(random, 0.05, 0x4a86cf, 0x5d97d8, 0x3f78bd),
              Rgb.oneOf(random, 0.04, 0xbfd7ea, 0xcfdfec),
              visibility,
              new Rgb(0.62, 0.66, 0.72),
              new Rgb(0.5, 0.46, 0.38),
              direction,
              random.nextDouble(0, 0.6),
              0);
      case 4, 5, 6 ->
          new Light(
              Rgb.oneOf(random, 0.06, 0xa9b4bf, 0x98a3ae, 0xbcc4ca),
              Rgb.oneOf(random, 0.04, 0xd3d8dc, 0xc6ccd1),
              visibility * 0.6,
              new Rgb(0.78, 0.8, 0.83),
              new Rgb(0.1, 0.1, 0.1),
              direction,
              random.nextDouble(0.4, 1),
              random.nextDouble(0, 0.15));
      case 7, 8 ->
          new Light(
              Rgb.oneOf(random, 0.05, 0x6f86b5, 0x7d7fae),
              Rgb.oneOf(random, 0.04, 0xf3c79a, 0xf0b58c, 0xefd2b0),
              visibility,
              new Rgb(0.6, 0.55, 0.56),
              new Rgb(0.52, 0.36, 0.2),
              new Point(direction.x(), 0.35, direction.z()).normalized(),
              random.nextDouble(0.1, 0.6),
              random.nextDouble(0, 0.3));
      default ->
          new Light(
              Rgb.oneOf(random, 0.03, 0x2b3a5e, 0x36456b),
              Rgb.oneOf(random, 0.04, 0x8d86a0, 0x7888a6),
              visibility,
              new Rgb(0.4, 0.42, 0.5),
              new Rgb(0.06, 0.06, 0.08),
              direction,
              random.nextDouble(0.1, 0.8),
              random.nextDouble(0.4, 0.8));
    };
  }

  /** How a surface of a colour that faces some way looks. */
  Rgb on(Rgb color, Point normal, double distance) {
    double towards = Math.max(0, normal.dot(direction));
    double upwards = 0.88 + 0.12 * normal.y();
    return faded(
        color.times(
            new Rgb(
                ambient.red() * upwards + sun.red() * towards,
                ambient.green() * upwards + sun.green() * towards,
                ambient.blue() * upwards + sun.blue() * towards)),
        distance);
  }

  /** How something round or that gives light looks. */
  Rgb on(Rgb color, double distance) {
    return faded(color.times(ambient.mix(new Rgb(1, 1, 1), 0.25)), distance);
  }

  /** A colour seen through the haze. */
  Rgb faded(Rgb color, double distance) {
    return color.mix(haze, 1 - Math.exp(-Math.max(0, distance) / visibility));
  }

  /** How dark cast shadows are, from 0. */
  double shadow() {
    return 0.22 + 0.55 * (sun.red() + sun.green() + sun.blue()) / 3;
  }
}
