package io.disassembler.scenes;

import java.util.List;

/**
 * A flat quadrangle. Seen from outside its corners run from the lower left to the lower right, the
 * upper right and the upper left.
 */
record Face(Point lowerLeft, Point lowerRight, Point upperRight, Point upperLeft) {

  List<Point> corners() {
    return List.of(lowerLeft, lowerRight, upperRight, upperLeft);
  }

  /** The place {@code s} of the way from left to right and {@code t} from bottom to top. */
  Point at(double s, double t) {
    return lowerLeft.towards(lowerRight, s).towards(upperLeft.towards(upperRight, s), t);
  }

  /** The part between two such places. */
  Face part(double left, double bottom, double right, double top) {
    return new Face(at(left, bottom), at(right, bottom), at(right, top), at(left, top));
  }

  /** The direction that it faces. */
  Point normal() {
    Point across = lowerRight.minus(lowerLeft);
    Point up = upperLeft.minus(lowerLeft);
    return up.cross(across).normalized();
  }

  boolean facing(Point eye) {
    return normal().dot(eye.minus(lowerLeft)) > 0;
  }

  double distance() {
    return (lowerLeft.z() + lowerRight.z()) / 2;
  }
}
