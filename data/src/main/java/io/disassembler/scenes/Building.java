package io.disassembler.scenes;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A house beside the street.
 *
 * @param facade the wall along the street
 * @param gable the wall that faces the camera
 * @param roof height of a slanted roof above the walls, 0 for a flat one
 * @param color of the walls
 * @param trim of what decorates them
 * @param style 0 for single windows, 1 for bands of them, 2 for a curtain of glass
 * @param shop whether there are shop windows at street level
 * @param lit share of the windows that are lit
 * @param seed decides on what differs from window to window
 */
record Building(
    Face facade,
    Face gable,
    double roof,
    Rgb color,
    Rgb trim,
    int style,
    boolean shop,
    double lit,
    long seed)
    implements SceneObject {
  private static final int[] WALLS = {
    0x9c5a46, 0xb07a5c, 0xc9b79c, 0xd9cfbb, 0x8f8b86, 0xa9a6a0, 0xc4a484, 0x7d4a3c, 0xbfc5c9,
    0x6f7c86, 0xd2b48c, 0xa3b0ac
  };
  private static final int[] ROOFS = {0x6d3b32, 0x4a4a4f, 0x7c4a35, 0x3d4046};
  private static final double FLOOR = 3.1;
  private static final Rgb LAMPLIGHT = Rgb.of(0xffdf9a);

  /**
   * A house whose wall along the street runs between two places on the ground.
   *
   * @param near where that wall begins, seen from the camera
   * @param far where it ends
   * @param side -1 to the left of the street, 1 to the right
   */
  static Building random(
      SplittableRandom random, Point near, Point far, double height, int side, Light light) {
    Point back = new Point(near.x() + side * random.nextDouble(7, 16), 0, near.z());
    Face facade = side < 0 ? wall(near, far, height) : wall(far, near, height);
    Face gable = side < 0 ? wall(back, near, height) : wall(near, back, height);
    boolean low = height < 12;
    return new Building(
        facade,
        gable,
        low && random.nextDouble() < 0.75 ? random.nextDouble(1.5, 3.5) : 0,
        Rgb.oneOf(random, 0.06, WALLS),
        Rgb.oneOf(random, 0.05, low ? ROOFS : WALLS),
        low ? 0 : random.nextInt(3),
        random.nextDouble() < 0.35,
        0.04 + light.night() * 0.5,
        random.nextLong());
  }

  private static Face wall(Point from, Point to, double height) {
    return new Face(
        from, to, new Point(to.x(), height, to.z()), new Point(from.x(), height, from.z()));
  }

  @Override
  public double distance() {
    return gable.distance();
  }

  @Override
  public void draw(Canvas canvas) {
    SplittableRandom random = new SplittableRandom(seed);
    if (roof > 0) {
      slantedRoof(canvas);
    }
    for (Face wall : List.of(gable, facade)) {
      if (canvas.face(wall, color, SceneCategory.BUILDING)) {
        decorate(canvas, wall, random);
      }
    }
  }

  /** The triangle above the gable and the slope above the façade. */
  private void slantedRoof(Canvas canvas) {
    Point low = gable.upperLeft();
    Point other = gable.upperRight();
    Point middle = low.towards(other, 0.5);
    Point ridge = new Point(middle.x(), low.y() + roof, middle.z());
    Point depth = facade.lowerRight().minus(facade.lowerLeft());
    double sign = depth.z() >= 0 ? 1 : -1;
    Point ridgeEnd =
        new Point(ridge.x() + sign * depth.x(), ridge.y(), ridge.z() + sign * depth.z());
    Face slope =
        sign > 0
            ? new Face(facade.upperLeft(), facade.upperRight(), ridgeEnd, ridge)
            : new Face(facade.upperLeft(), facade.upperRight(), ridge, ridgeEnd);
    canvas.fill(
        canvas.camera().project(slope.corners()),
        canvas.light().on(trim, slope.normal(), slope.distance()).opaque(),
        SceneCategory.BUILDING);
    canvas.fill(
        canvas.camera().project(List.of(low, other, ridge)),
        canvas.light().on(color, gable.normal(), gable.distance()).opaque(),
        SceneCategory.BUILDING);
  }

  private void decorate(Canvas canvas, Face wall, SplittableRandom random) {
    double width =
        Math.hypot(
            wall.lowerRight().x() - wall.lowerLeft().x(),
            wall.lowerRight().z() - wall.lowerLeft().z());
    double height = wall.upperLeft().y();
    int floors = Math.max(1, (int) (height / FLOOR));
    int columns = Math.max(1, (int) (width / (style == 0 ? 2.6 : 1.8)));
    Rgb glass = Rgb.of(0x35424d).mix(canvas.light().zenith(), random.nextDouble(0.1, 0.5));
    if (roof == 0) {
      canvas.detail(wall.part(0, 1 - 0.5 / height, 1, 1), trim.times(0.8));
    }
    for (int floor = 0; floor < floors; floor++) {
      double bottom = floor * FLOOR / height;
      double top = (floor + 1) * FLOOR / height;
      if (floor == 0 && shop) {
        shopFront(canvas, wall, top, columns, random);
        continue;
      }
      if (style == 1) {
        canvas.detail(wall.part(0.01, mix(bottom, top, 0.35), 0.99, mix(bottom, top, 0.8)), glass);
      }
      for (int column = 0; column < columns; column++) {
        Face cell = wall.part((double) column / columns, bottom, (column + 1.0) / columns, top);
        window(canvas, cell, glass, random);
      }
    }
    canvas.detail(wall.part(0, 0, 1, 0.35 / height), color.times(0.6));
  }

  private void window(Canvas canvas, Face cell, Rgb glass, SplittableRandom random) {
    boolean bright = random.nextDouble() < lit;
    double shade = random.nextDouble(0.8, 1.15);
    Face pane =
        style == 0
            ? cell.part(0.26, 0.26, 0.74, 0.82)
            : style == 1 ? cell.part(0.06, 0.36, 0.94, 0.79) : cell.part(0.03, 0.04, 0.97, 0.95);
    if (style == 0) {
      canvas.detail(cell.part(0.2, 0.2, 0.8, 0.88), color.mix(new Rgb(1, 1, 1), 0.35));
    }
    if (bright) {
      canvas.glow(pane, LAMPLIGHT.times(shade));
    } else {
      canvas.detail(pane, glass.times(shade));
    }
  }

  private void shopFront(
      Canvas canvas, Face wall, double top, int columns, SplittableRandom random) {
    Rgb awning = Rgb.oneOf(random, 0.1, 0xa33b32, 0x2f6b4a, 0x2c4f7c, 0xd8c23a, 0xe2e2da);
    int shops = Math.max(1, columns / 3);
    for (int number = 0; number < shops; number++) {
      Face cell = wall.part((double) number / shops, 0, (number + 1.0) / shops, top);
      Face pane = cell.part(0.06, 0.12, 0.94, 0.72);
      if (random.nextDouble() < 0.3 + lit) {
        canvas.glow(pane, LAMPLIGHT.times(0.75));
      } else {
        canvas.detail(pane, Rgb.of(0x2b3238));
      }
      canvas.detail(cell.part(0.03, 0.74, 0.97, 0.98), awning.times(random.nextDouble(0.8, 1.1)));
    }
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
