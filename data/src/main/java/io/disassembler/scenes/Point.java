package io.disassembler.scenes;

/**
 * A place in the world, in metres.
 *
 * @param x to the right of the camera
 * @param y above the ground
 * @param z ahead of the camera
 */
record Point(double x, double y, double z) {

  Point minus(Point other) {
    return new Point(x - other.x, y - other.y, z - other.z);
  }

  Point cross(Point other) {
    return new Point(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double dot(Point other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Point normalized() {
    double length = Math.sqrt(dot(this));
    return new Point(x / length, y / length, z / length);
  }

  /** {@code share} of the way from here to there. */
  Point towards(Point there, double share) {
    return new Point(
        x + (there.x - x) * share, y + (there.y - y) * share, z + (there.z - z) * share);
  }
}
