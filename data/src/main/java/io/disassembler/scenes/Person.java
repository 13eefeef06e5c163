package io.disassembler.scenes;

import java.awt.BasicStroke;
import java.awt.Paint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.SplittableRandom;

/**
 * Someone who stands or walks.
 *
 * @param x where they are
 * @param z where they are
 * @param height in metres
 * @param stride how far apart the feet are, as a share of the height
 * @param top colour of jacket or shirt
 * @param trousers colour of trousers or skirt
 * @param skin colour of skin
 * @param hair colour of hair or cap
 * @param bag whether they carry one
 */
record Person(
    double x,
    double z,
    double height,
    double stride,
    Rgb top,
    Rgb trousers,
    Rgb skin,
    Rgb hair,
    boolean bag)
    implements SceneObject {
  private static final int[] CLOTHES = {
    0xb03a3a, 0x2f4f7f, 0x3a6b45, 0xe0d9c8, 0x2a2a2e, 0x8a8f96, 0xd9a441, 0x6b4a7a, 0xc9c9cc,
    0x7a5a42, 0x2f7f86
  };
  private static final int[] LEGS = {0x23283a, 0x2b2b2e, 0x6b6257, 0x3c4a63, 0x8a8578};
  private static final int[] SKIN = {0xe3b698, 0xc88e68, 0x8d5a3c, 0x5f3b28, 0xf0cdb0};
  private static final int[] HAIR = {0x221b16, 0x4a3220, 0x8a6a3c, 0x8f8f8f, 0xa33a2c};

  static Person random(SplittableRandom random, double x, double z) {
    return new Person(
        x,
        z,
        random.nextDouble() < 0.15 ? random.nextDouble(1.0, 1.4) : random.nextDouble(1.55, 1.9),
        random.nextDouble(-0.16, 0.16),
        Rgb.oneOf(random, 0.05, CLOTHES),
        Rgb.oneOf(random, 0.04, LEGS),
        Rgb.oneOf(random, 0.03, SKIN),
        Rgb.oneOf(random, 0.03, HAIR),
        random.nextDouble() < 0.3);
  }

  @Override
  public double distance() {
    return z;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.shadow(x, z, 0.7, 0.5);
    Figure figure =
        new Figure(
            canvas,
            canvas.camera().column(new Point(x, 0, z)),
            canvas.camera().row(new Point(x, 0, z)),
            height * canvas.camera().scale(z));
    Paint legs = figure.paint(trousers);
    figure.limb(0, 0.5, stride, 0.01, 0.085, legs);
    figure.limb(0, 0.5, -stride * 0.8, 0.01, 0.085, figure.paint(trousers.times(0.8)));
    figure.limb(0.08, 0.78, 0.1 - stride * 0.6, 0.46, 0.055, figure.paint(top.times(0.8)));
    canvas.fill(figure.box(-0.1, 0.46, 0.2, 0.37), figure.paint(top), SceneCategory.PERSON);
    figure.limb(-0.08, 0.78, -0.1 + stride * 0.6, 0.46, 0.055, figure.paint(top.times(1.12)));
    if (bag) {
      canvas.fill(
          figure.box(0.07, 0.36, 0.12, 0.2),
          figure.paint(hair.mix(top, 0.4)),
          SceneCategory.PERSON);
    }
    canvas.fill(figure.disc(0, 0.91, 0.066, 0.082), figure.paint(hair), SceneCategory.PERSON);
    canvas.decorate(figure.disc(0, 0.895, 0.05, 0.062), figure.paint(skin));
  }

  /** Draws in units of the height, from between the feet. */
  private record Figure(Canvas canvas, double column, double row, double unit, double distance) {
    Figure(Canvas canvas, double column, double row, double unit) {
      this(canvas, column, row, unit, canvas.camera().focal() / unit);
    }

    Paint paint(Rgb color) {
      return canvas.light().on(color.times(1.1), distance).opaque();
    }

    RoundRectangle2D box(double left, double bottom, double width, double tall) {
      return new RoundRectangle2D.Double(
          column + left * unit,
          row - (bottom + tall) * unit,
          width * unit,
          tall * unit,
          0.1 * unit,
          0.1 * unit);
    }

    Ellipse2D disc(double x, double y, double across, double tall) {
      return new Ellipse2D.Double(
          column + (x - across) * unit,
          row - (y + tall) * unit,
          2 * across * unit,
          2 * tall * unit);
    }

    void limb(double x0, double y0, double x1, double y1, double thickness, Paint paint) {
      Path2D line = new Path2D.Double();
      line.moveTo(column + x0 * unit, row - y0 * unit);
      line.quadTo(
          column + (x0 + x1) * 0.55 * unit,
          row - (y0 + y1) / 2 * unit,
          column + x1 * unit,
          row - y1 * unit);
      BasicStroke stroke =
          new BasicStroke(
              (float) (thickness * unit), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      canvas.fill(stroke.createStrokedShape(line), paint, SceneCategory.PERSON);
    }
  }
}
