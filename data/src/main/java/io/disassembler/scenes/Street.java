package io.disassembler.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the street runs and what is beside it. Places are given across (metres to the right of the
 * middle of the road) and along (metres ahead of the camera).
 *
 * @param middle where the middle of the road is beside the camera, to its right
 * @param bend how the road bends to a side, in 1 / metres
 * @param halfRoad half the width of the road
 * @param leftPavement width of the pavement to the left
 * @param rightPavement width of the pavement to the right
 * @param leftVerge width of the grass between pavement and houses to the left
 * @param rightVerge the same to the right
 */
record Street(
    double middle,
    double bend,
    double halfRoad,
    double leftPavement,
    double rightPavement,
    double leftVerge,
    double rightVerge) {
  /** Where the ground ends. */
  static final double END = 400;

  private static final double STEP = 1.35;

  static Street random(SplittableRandom random) {
    double halfRoad = random.nextDouble(2.8, 5.2);
    return new Street(
        random.nextDouble(-0.5, 0.75) * halfRoad,
        random.nextDouble() < 0.4 ? 0 : random.nextDouble(-0.0022, 0.0022),
        halfRoad,
        random.nextDouble(1.6, 4.5),
        random.nextDouble(1.6, 4.5),
        random.nextDouble() < 0.45 ? 0 : random.nextDouble(1, 8),
        random.nextDouble() < 0.45 ? 0 : random.nextDouble(1, 8));
  }

  /** A place on the ground. */
  Point at(double across, double along) {
    return new Point(middle + across + bend * along * along, 0, along);
  }

  /** The direction of the street there: an angle from straight ahead, clockwise from above. */
  double heading(double along) {
    return Math.atan(2 * bend * along);
  }

  /** Distance of the kerb from the middle. */
  double kerb() {
    return halfRoad;
  }

  /** Distance of the houses from the middle, to the left (-1) or right (1). */
  double houses(int side) {
    return side < 0 ? halfRoad + leftPavement + leftVerge : halfRoad + rightPavement + rightVerge;
  }

  /** Width of the pavement to the left (-1) or right (1). */
  double pavement(int side) {
    return side < 0 ? leftPavement : rightPavement;
  }

  /** A strip of ground between two distances from the middle. */
  List<Point> strip(double left, double right, double from, double to) {
    List<Double> rungs = new ArrayList<>();
    for (double along = from; along < to; along = Math.max(along * STEP, along + 0.5)) {
      rungs.add(along);
    }
    rungs.add(to);
    List<Point> outline = new ArrayList<>();
    rungs.forEach(along -> outline.add(at(left, along)));
    for (int rung = rungs.size() - 1; rung >= 0; rung--) {
      outline.add(at(right, rungs.get(rung)));
    }
    return outline;
  }
}
