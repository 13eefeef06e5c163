package io.disassembler.scenes;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Paint;
import java.util.List;
import java.util.SplittableRandom;

/** The ground: grass, pavements, the road and what is painted on it. */
final class Ground {
  private static final Point UP = new Point(0, 1, 0);
  private static final double NEAREST = 1.0;

  private final Canvas canvas;
  private final Street street;
  private final SplittableRandom random;

  Ground(Canvas canvas, Street street, SplittableRandom random) {
    this.canvas = canvas;
    this.street = street;
    this.random = random;
  }

  void draw() {
    Rgb grass = Rgb.oneOf(random, 0.05, 0x5f7f3e, 0x6f8a47, 0x80874a, 0x55753f);
    Rgb paving = Rgb.oneOf(random, 0.07, 0xa49d94, 0x9a9a9c, 0xb3a897, 0x8a8783, 0xa88f80);
    Rgb asphalt = Rgb.oneOf(random, 0.06, 0x5b5d61, 0x6b6a6a, 0x4d5055, 0x77746f);
    double kerb = street.kerb();
    strip(-150, 150, 0.5, Street.END, grass, SceneCategory.GRASS);
    for (int side : new int[] {-1, 1}) {
      double outer = kerb + street.pavement(side);
      sided(side, kerb, outer, paving, SceneCategory.PAVEMENT);
      if (street.houses(side) - outer < 0.1) {
        sided(side, outer, outer + 9, paving.times(0.97), SceneCategory.PAVEMENT);
      }
      joints(side, kerb, outer, paving.times(0.86));
      sided(side, kerb, kerb + 0.18, paving.times(1.16), SceneCategory.PAVEMENT);
    }
    strip(-kerb, kerb, 0.5, Street.END, asphalt, SceneCategory.ROAD);
    patches(asphalt);
    markings();
  }

  private void sided(int side, double inner, double outer, Rgb color, SceneCategory category) {
    strip(
        Math.min(side * inner, side * outer),
        Math.max(side * inner, side * outer),
        0.5,
        Street.END,
        color,
        category);
  }

  private void strip(
      double left, double right, double from, double to, Rgb color, SceneCategory category) {
    canvas.ground(street.strip(left, right, from, to), faded(color), category);
  }

  /** Level ground from near to far. */
  private Paint faded(Rgb color) {
    Color near = canvas.light().on(color, UP, 0).opaque();
    Color far = canvas.light().on(color, UP, Street.END).opaque();
    double bottom = canvas.picture().getHeight();
    double horizon = canvas.camera().horizon();
    // Rows are to distance as 1 / z: at a tenth of the height below the horizon haze is thin.
    return new GradientPaint(
        0, (float) (horizon + 0.12 * (bottom - horizon)), near, 0, (float) horizon, far);
  }

  private void joints(int side, double inner, double outer, Rgb color) {
    double step = random.nextDouble(0.8, 2.2);
    for (double along = NEAREST; along < 28; along += step) {
      mark(side * inner, side * outer, along, along + 0.05, color);
    }
    mark(side * (inner + outer) / 2, side * ((inner + outer) / 2 + 0.05), NEAREST, 28, color);
  }

  private void patches(Rgb asphalt) {
    int patches = random.nextInt(3, 9);
    for (int patch = 0; patch < patches; patch++) {
      double along = random.nextDouble(2, 30);
      double across = random.nextDouble(-0.9, 0.7) * street.kerb();
      mark(
          across,
          across + random.nextDouble(0.3, 1.8),
          along,
          along + random.nextDouble(0.5, 5),
          asphalt.times(random.nextDouble(0.85, 1.12)));
    }
    for (int cover = 0; cover < 2; cover++) {
      double along = random.nextDouble(4, 18);
      double across = random.nextDouble(-0.6, 0.6) * street.kerb();
      mark(across, across + 0.6, along, along + 0.6, asphalt.times(0.6));
    }
  }

  private void markings() {
    Rgb white = Rgb.oneOf(random, 0.08, 0xd9d9d2, 0xc4c4be);
    double dash = random.nextDouble(1.5, 3.5);
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> mark(-0.07, 0.07, NEAREST, 150, white);
      default -> {
        for (double along = NEAREST + random.nextDouble(3); along < 90; along += 2 * dash) {
          mark(-0.08, 0.08, along, along + dash, white);
        }
      }
    }
    if (random.nextDouble() < 0.4) {
      for (int side : new int[] {-1, 1}) {
        double edge = side * (street.kerb() - 0.3);
        mark(edge - 0.06, edge + 0.06, NEAREST, 150, white);
      }
    }
    if (random.nextDouble() < 0.25) {
      double along = random.nextDouble(7, 22);
      for (double across = -street.kerb() + 0.3; across < street.kerb() - 0.6; across += 1.0) {
        mark(across, across + 0.5, along, along + 3, white);
      }
    }
  }

  private void mark(double left, double right, double from, double to, Rgb color) {
    List<Point> outline = street.strip(Math.min(left, right), Math.max(left, right), from, to);
    canvas.decorate(canvas.camera().project(outline), canvas.light().on(color, UP, from).opaque());
  }
}
