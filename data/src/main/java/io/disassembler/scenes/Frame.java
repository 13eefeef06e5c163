package io.disassembler.scenes;

/**
 * Coordinates of an object that stands on the ground.
 *
 * @param x where its middle is, as in {@link Point}
 * @param z where its middle is, as in {@link Point}
 * @param heading angle from straight ahead to where it faces, clockwise from above, in radians
 */
record Frame(double x, double z, double heading) {

  /** The place {@code forward} and {@code right} of the middle, {@code up} metres high. */
  Point at(double forward, double right, double up) {
    double sin = Math.sin(heading);
    double cos = Math.cos(heading);
    return new Point(x + forward * sin + right * cos, up, z + forward * cos - right * sin);
  }

  /**
   * The sides and the top of a block whose upper rectangle may be smaller than its lower one.
   *
   * @param low the lower rectangle
   * @param high the upper rectangle
   */
  Block block(Slab low, Slab high) {
    Point[] below = corners(low);
    Point[] above = corners(high);
    return new Block(
        new Face(below[2], below[3], above[3], above[2]),
        new Face(below[0], below[1], above[1], above[0]),
        new Face(below[3], below[0], above[0], above[3]),
        new Face(below[1], below[2], above[2], above[1]),
        new Face(above[0], above[1], above[2], above[3]));
  }

  private Point[] corners(Slab slab) {
    double half = slab.width() / 2;
    return new Point[] {
      at(slab.back(), -half, slab.up()),
      at(slab.back(), half, slab.up()),
      at(slab.front(), half, slab.up()),
      at(slab.front(), -half, slab.up())
    };
  }

  /** A level rectangle: from {@code back} to {@code front}, symmetric across, at a height. */
  record Slab(double back, double front, double width, double up) {}

  /** The faces of a block but for its bottom; their corners begin at the lower left. */
  record Block(Face front, Face back, Face left, Face right, Face top) {}
}
