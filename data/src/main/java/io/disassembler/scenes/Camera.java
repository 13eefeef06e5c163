package io.disassembler.scenes;

import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A pinhole camera that looks along the street.
 *
 * @param height above the ground, in metres
 * @param focal focal length, in pixels
 * @param horizon row of the horizon
 * @param vanishing column in which lines straight ahead meet
 */
record Camera(double height, double focal, double horizon, double vanishing) {
  /** What is nearer is not seen. */
  private static final double NEAR = 0.4;

  static Camera random(SplittableRandom random, int rows, int columns) {
    return new Camera(
        random.nextDouble(1.3, 2.3),
        random.nextDouble(0.75, 1.15) * columns,
        random.nextDouble(0.38, 0.54) * rows,
        random.nextDouble(0.36, 0.64) * columns);
  }

  Point eye() {
    return new Point(0, height, 0);
  }

  double column(Point point) {
    return vanishing + focal * point.x() / point.z();
  }

  double row(Point point) {
    return horizon + focal * (height - point.y()) / point.z();
  }

  /** Pixels that a metre takes at a distance. */
  double scale(double z) {
    return focal / z;
  }

  /** The picture of a polygon, without what is behind the camera. */
  Path2D project(List<Point> polygon) {
    Path2D path = new Path2D.Double();
    List<Point> visible = clip(polygon);
    for (Point point : visible) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(column(point), row(point));
      } else {
        path.lineTo(column(point), row(point));
      }
    }
    if (!visible.isEmpty()) {
      path.closePath();
    }
    return path;
  }

  private static List<Point> clip(List<Point> polygon) {
    List<Point> visible = new ArrayList<>();
    for (int i = 0; i < polygon.size(); i++) {
      Point from = polygon.get(i);
      Point to = polygon.get((i + 1) % polygon.size());
      if (from.z() >= NEAR) {
        visible.add(from);
      }
      if (from.z() >= NEAR != to.z() >= NEAR) {
        visible.add(from.towards(to, (NEAR - from.z()) / (to.z() - from.z())));
      }
    }
    return visible;
  }
}
