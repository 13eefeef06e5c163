package io.disassembler.scenes;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** What is far away: sky, clouds, the skyline. */
final class Backdrop {
  private static final int MARGIN = 60;

  private final Canvas canvas;
  private final SplittableRandom random;
  private final int columns;

  Backdrop(Canvas canvas, SplittableRandom random) {
    this.canvas = canvas;
    this.random = random;
    this.columns = canvas.picture().getWidth();
  }

  void draw() {
    Light light = canvas.light();
    double horizon = canvas.camera().horizon();
    canvas.fill(
        new Rectangle2D.Double(-MARGIN, -MARGIN, columns + 2 * MARGIN, horizon + MARGIN + 2),
        new GradientPaint(
            0,
            (float) (-0.1 * horizon),
            light.zenith().opaque(),
            0,
            (float) horizon,
            light.haze().opaque()),
        SceneCategory.SKY);
    int clouds = (int) Math.round(light.clouds() * 14);
    for (int cloud = 0; cloud < clouds; cloud++) {
      cloud(horizon);
    }
    skyline(horizon, SceneCategory.TREE, random.nextDouble(0.02, 0.09), 0x51684f);
    if (random.nextDouble() < 0.6) {
      skyline(horizon, SceneCategory.BUILDING, random.nextDouble(0.04, 0.16), 0x868a90);
    }
  }

  private void cloud(double horizon) {
    double column = random.nextDouble(-0.1, 1.1) * columns;
    double row = random.nextDouble(-0.1, 0.8) * horizon;
    double size = random.nextDouble(0.05, 0.16) * columns * (1.1 - row / horizon * 0.6);
    Rgb color =
        canvas.light().haze().mix(new Rgb(1, 1, 1), 0.5).times(random.nextDouble(0.82, 1.0));
    for (int puff = 0; puff < 6; puff++) {
      double x = column + random.nextDouble(-1.3, 1.3) * size;
      double y = row + random.nextDouble(-0.25, 0.25) * size;
      double radius = size * random.nextDouble(0.4, 0.9);
      canvas.decorate(
          new Ellipse2D.Double(x - radius, y - radius * 0.45, 2 * radius, radius * 0.9),
          new RadialGradientPaint(
              new Point2D.Double(x, y),
              (float) radius,
              new Point2D.Double(x, y),
              new float[] {0, 1},
              new Color[] {color.transparent(0.55), color.transparent(0)},
              CycleMethod.NO_CYCLE));
    }
  }

  /** A row of far things whose outline is bumpy (trees) or stepped (houses). */
  private void skyline(double horizon, SceneCategory category, double height, int hex) {
    double tall = height * canvas.picture().getHeight();
    Path2D outline = new Path2D.Double();
    outline.moveTo(-MARGIN, horizon + 3);
    double column = -MARGIN;
    while (column < columns + MARGIN) {
      double width = random.nextDouble(0.02, 0.07) * columns;
      double row = horizon - tall * random.nextDouble(0.35, 1);
      if (category == SceneCategory.BUILDING) {
        outline.lineTo(column, row);
        outline.lineTo(column + width, row);
      } else {
        outline.curveTo(
            column, row - tall * 0.3, column + width, row - tall * 0.3, column + width, row);
      }
      column += width;
    }
    outline.lineTo(columns + MARGIN, horizon + 3);
    outline.closePath();
    Rgb color = canvas.light().on(Rgb.of(hex), canvas.light().visibility() * 0.8);
    canvas.fill(outline, color.opaque(), category);
  }
}
