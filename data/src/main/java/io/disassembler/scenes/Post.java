package io.disassembler.scenes;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/**
 * A pole with what it carries: a sign, a traffic light, a street lamp or nothing.
 *
 * @param x where it stands
 * @param z where it stands
 * @param height of the pole, in metres
 * @param load what it carries
 * @param color of the sign
 * @param arm to which side a lamp reaches, -1 or 1
 */
record Post(double x, double z, double height, Load load, Rgb color, int arm)
    implements SceneObject {
  /** What a pole carries. */
  enum Load {
    NOTHING,
    LAMP,
    ROUND_SIGN,
    TRIANGLE,
    BOARD,
    TRAFFIC_LIGHT
  }

  private static final Rgb STEEL = Rgb.of(0x6d7276);
  private static final Rgb WHITE = Rgb.of(0xf2f2ee);

  static Post random(SplittableRandom random, double x, double z) {
    Load load = Load.values()[random.nextInt(Load.values().length)];
    double height =
        switch (load) {
          case NOTHING -> random.nextDouble() < 0.5 ? 1.0 : random.nextDouble(5, 8);
          case LAMP -> random.nextDouble(5, 8);
          case TRAFFIC_LIGHT -> random.nextDouble(2.6, 3.6);
          default -> random.nextDouble(2.2, 3.0);
        };
    return new Post(
        x,
        z,
        height,
        load,
        Rgb.oneOf(random, 0.04, 0xc0272d, 0x1f5aa8, 0x2a7a45, 0xe0b31f),
        x < 0 ? 1 : -1);
  }

  @Override
  public double distance() {
    return z;
  }

  @Override
  public void draw(Canvas canvas) {
    double scale = canvas.camera().scale(z);
    double column = canvas.camera().column(new Point(x, 0, z));
    double bottom = canvas.camera().row(new Point(x, 0, z));
    double top = bottom - height * scale;
    double thick = Math.max(1.0, (load == Load.LAMP ? 0.16 : 0.11) * scale);
    canvas.fill(
        new Rectangle2D.Double(column - thick / 2, top, thick, bottom - top),
        canvas.light().on(STEEL, z).opaque(),
        SceneCategory.POLE);
    canvas.decorate(
        new Rectangle2D.Double(column, top, thick / 2, bottom - top),
        canvas.light().on(STEEL.times(0.7), z).opaque());
    switch (load) {
      case NOTHING -> {}
      case LAMP -> lamp(canvas, column, top, scale, thick);
      case ROUND_SIGN -> round(canvas, column, top, scale);
      case TRIANGLE -> triangle(canvas, column, top, scale);
      case BOARD -> board(canvas, column, top, scale);
      case TRAFFIC_LIGHT -> trafficLight(canvas, column, top, scale);
    }
  }

  private void lamp(Canvas canvas, double column, double top, double scale, double thick) {
    double reach = 1.3 * scale * arm;
    canvas.fill(
        new Rectangle2D.Double(
            Math.min(column, column + reach), top, Math.abs(reach), Math.max(1, thick * 0.7)),
        canvas.light().on(STEEL, z).opaque(),
        SceneCategory.POLE);
    canvas.fill(
        new Rectangle2D.Double(
            column + reach - 0.35 * scale, top, 0.7 * scale, Math.max(1, 0.16 * scale)),
        (canvas.light().night() > 0.3
                ? canvas.light().faded(Rgb.of(0xfff0c0), z)
                : canvas.light().on(Rgb.of(0xb8bcc0), z))
            .opaque(),
        SceneCategory.POLE);
  }

  private void round(Canvas canvas, double column, double top, double scale) {
    double radius = 0.38 * scale;
    canvas.fill(disc(column, top + radius, radius), paint(canvas, color), SceneCategory.SIGN);
    canvas.decorate(disc(column, top + radius, radius * 0.7), paint(canvas, WHITE));
    canvas.decorate(
        new Rectangle2D.Double(
            column - radius * 0.4, top + radius * 0.85, radius * 0.8, radius * 0.3),
        paint(canvas, Rgb.of(0x222222)));
  }

  private void triangle(Canvas canvas, double column, double top, double scale) {
    canvas.fill(
        triangle(column, top, 0.45 * scale, 0.8 * scale),
        paint(canvas, Rgb.of(0xc0272d)),
        SceneCategory.SIGN);
    canvas.decorate(
        triangle(column, top + 0.2 * scale, 0.25 * scale, 0.47 * scale), paint(canvas, WHITE));
  }

  private void board(Canvas canvas, double column, double top, double scale) {
    double half = 0.75 * scale;
    canvas.fill(
        new Rectangle2D.Double(column - half, top, 2 * half, 0.8 * scale),
        paint(canvas, color),
        SceneCategory.SIGN);
    for (int line = 0; line < 2; line++) {
      canvas.decorate(
          new Rectangle2D.Double(
              column - half * 0.8,
              top + (0.18 + 0.28 * line) * scale,
              half * (1.5 - 0.4 * line),
              0.14 * scale),
          paint(canvas, WHITE));
    }
  }

  private void trafficLight(Canvas canvas, double column, double top, double scale) {
    canvas.fill(
        new Rectangle2D.Double(column - 0.2 * scale, top - 0.1 * scale, 0.4 * scale, 1.1 * scale),
        paint(canvas, Rgb.of(0x1d2022)),
        SceneCategory.SIGN);
    int[] lamps = {0xe02a20, 0xd9a520, 0x25b060};
    int lit = (int) Math.floorMod(Math.round(z * 10), 3L);
    for (int lamp = 0; lamp < lamps.length; lamp++) {
      Rgb shown = Rgb.of(lamps[lamp]).times(lamp == lit ? 1.2 : 0.3);
      canvas.decorate(
          disc(column, top + (0.1 + 0.34 * lamp) * scale, 0.13 * scale),
          canvas.light().faded(shown, z).opaque());
    }
  }

  private java.awt.Color paint(Canvas canvas, Rgb paint) {
    return canvas.light().on(paint, z).opaque();
  }

  private static Ellipse2D disc(double column, double row, double radius) {
    return new Ellipse2D.Double(column - radius, row - radius, 2 * radius, 2 * radius);
  }

  private static Path2D triangle(double column, double top, double half, double tall) {
    Path2D path = new Path2D.Double();
    path.moveTo(column, top);
    path.lineTo(column + half, top + tall);
    path.lineTo(column - half, top + tall);
    path.closePath();
    return path;
  }
}
