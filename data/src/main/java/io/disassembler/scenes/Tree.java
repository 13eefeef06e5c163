package io.disassembler.scenes;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/**
 * A tree, a conifer or a bush.
 *
 * @param x where it stands
 * @param z where it stands
 * @param height over all, in metres
 * @param shape what it looks like
 * @param leaves colour of the leaves
 * @param seed decides on where each bunch of leaves is
 */
record Tree(double x, double z, double height, Shape shape, Rgb leaves, long seed)
    implements SceneObject {
  /** Kinds of trees. */
  enum Shape {
    ROUND,
    CONIFER,
    BUSH
  }

  private static final int[] GREENS = {
    0x3c6b2f, 0x4f7f38, 0x2f5a33, 0x5b7a2e, 0x6f8f3e, 0x335f45, 0x8a8a3a
  };
  private static final int[] AUTUMN = {0xa8662a, 0xb5892f, 0x8f4a28};
  private static final Rgb BARK = Rgb.of(0x4a3a2c);
  private static final int BUNCHES = 90;

  static Tree random(SplittableRandom random, double x, double z) {
    double kind = random.nextDouble();
    Rgb leaves = Rgb.oneOf(random, 0.05, random.nextDouble() < 0.12 ? AUTUMN : GREENS);
    if (kind < 0.2) {
      return new Tree(x, z, random.nextDouble(0.7, 1.8), Shape.BUSH, leaves, random.nextLong());
    }
    return kind < 0.35
        ? new Tree(x, z, random.nextDouble(5, 12), Shape.CONIFER, leaves, random.nextLong())
        : new Tree(x, z, random.nextDouble(4, 10), Shape.ROUND, leaves, random.nextLong());
  }

  @Override
  public double distance() {
    return z;
  }

  @Override
  public void draw(Canvas canvas) {
    SplittableRandom random = new SplittableRandom(seed);
    double scale = canvas.camera().scale(z);
    double column = canvas.camera().column(new Point(x, 0, z));
    double bottom = canvas.camera().row(new Point(x, 0, z));
    double unit = height * scale;
    canvas.shadow(x, z, height * (shape == Shape.BUSH ? 1.2 : 0.6), height * 0.35);
    if (shape != Shape.BUSH) {
      double trunk = Math.max(0.05 * unit, 0.12 * scale);
      Path2D bark = new Path2D.Double();
      bark.moveTo(column - trunk * 0.7, bottom);
      bark.lineTo(column + trunk * 0.7, bottom);
      bark.lineTo(column + trunk * 0.35, bottom - unit * 0.6);
      bark.lineTo(column - trunk * 0.35, bottom - unit * 0.6);
      bark.closePath();
      canvas.fill(bark, canvas.light().on(BARK, z).opaque(), SceneCategory.TREE);
    }
    switch (shape) {
      case ROUND -> bunches(canvas, random, column, bottom - unit * 0.66, unit * 0.3, unit * 0.33);
      case BUSH -> bunches(canvas, random, column, bottom - unit * 0.45, unit * 0.6, unit * 0.45);
      case CONIFER -> conifer(canvas, random, column, bottom, unit);
    }
  }

  /** Bunches of leaves, the lower and those away from the sun first and darker. */
  private void bunches(
      Canvas canvas,
      SplittableRandom random,
      double column,
      double row,
      double across,
      double tall) {
    double sunny = Math.signum(canvas.light().direction().x());
    canvas.fill(
        new Ellipse2D.Double(column - across * 0.8, row - tall * 0.75, across * 1.6, tall * 1.6),
        canvas.light().on(leaves.times(0.55), z).opaque(),
        SceneCategory.TREE);
    for (int bunch = 0; bunch < BUNCHES; bunch++) {
      double rising = (double) bunch / BUNCHES;
      double angle = random.nextDouble(2 * Math.PI);
      double away = Math.sqrt(random.nextDouble()) * 0.92;
      double dx = away * Math.cos(angle) + sunny * 0.1 * rising;
      double dy = away * Math.sin(angle) + 0.25 * (0.5 - rising);
      double size = random.nextDouble(0.1, 0.24) * Math.min(across, tall);
      double bright = 0.6 + 0.3 * rising + 0.18 * (sunny * dx - dy) + random.nextDouble(-0.1, 0.1);
      canvas.fill(
          new Ellipse2D.Double(
              column + dx * across - size, row + dy * tall - size * 0.8, 2 * size, 1.6 * size),
          canvas.light().on(leaves.times(bright * 1.25), z).opaque(),
          SceneCategory.TREE);
    }
  }

  private void conifer(
      Canvas canvas, SplittableRandom random, double column, double bottom, double unit) {
    int tiers = 7;
    for (int tier = 0; tier < tiers; tier++) {
      double low = bottom - unit * (0.12 + 0.78 * tier / tiers);
      double top = low - unit * 0.26;
      double half = unit * 0.24 * (1 - 0.85 * tier / tiers);
      Path2D branches = new Path2D.Double();
      branches.moveTo(column, top);
      int tips = 6;
      for (int tip = 0; tip <= tips; tip++) {
        double at = 1 - 2.0 * tip / tips;
        double hang = tip % 2 == 0 ? 0 : unit * 0.03;
        branches.lineTo(
            column + at * half * random.nextDouble(0.85, 1.1), low - hang + Math.abs(at) * 0.02);
      }
      branches.closePath();
      double bright = random.nextDouble(0.75, 0.95) + 0.25 * tier / tiers;
      canvas.fill(
          branches, canvas.light().on(leaves.times(bright), z).opaque(), SceneCategory.TREE);
    }
    canvas.fill(
        new Rectangle2D.Double(column - unit * 0.004, bottom - unit, unit * 0.008, unit * 0.1),
        canvas.light().on(leaves, z).opaque(),
        SceneCategory.TREE);
  }
}
