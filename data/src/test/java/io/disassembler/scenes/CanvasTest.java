package io.disassembler.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final int SIDE = 40;
  private static final Rgb WHITE = new Rgb(1, 1, 1);
  private static final Light LIGHT =
      new Light(WHITE, WHITE, 1e6, WHITE, new Rgb(0, 0, 0), new Point(0, 1, 0), 0, 0);
  private static final Camera CAMERA = new Camera(1.5, 40, 20, 20);

  /** Reference: the signs of the distances of each pixel's centre from the three sides. */
  @Test
  void aPixelBelongsToAShapeIfItsCentreDoes() {
    double[][] corners = {{3.2, 4.7}, {35.9, 12.3}, {14.1, 37.4}};
    Path2D triangle = new Path2D.Double();
    triangle.moveTo(corners[0][0], corners[0][1]);
    triangle.lineTo(corners[1][0], corners[1][1]);
    triangle.lineTo(corners[2][0], corners[2][1]);
    triangle.closePath();
    try (Canvas canvas = new Canvas(SIDE, SIDE, CAMERA, 0, LIGHT)) {
      canvas.fill(triangle, Color.RED, SceneCategory.SIGN);
      byte[] labels = canvas.labels();
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          boolean inside = true;
          double nearest = Double.MAX_VALUE;
          for (int side = 0; side < 3; side++) {
            double distance =
                distance(corners[side], corners[(side + 1) % 3], column + 0.5, row + 0.5);
            inside &= distance > 0;
            nearest = Math.min(nearest, Math.abs(distance));
          }
          if (nearest > 0.01) {
            assertThat(labels[row * SIDE + column])
                .as("row %d, column %d", row, column)
                .isEqualTo((byte) (inside ? SceneCategory.SIGN : SceneCategory.SKY).maskValue());
          }
        }
      }
    }
  }

  @Test
  void decorationsLeaveTheMaskAsItIs() {
    try (Canvas canvas = new Canvas(SIDE, SIDE, CAMERA, 0, LIGHT)) {
      canvas.fill(new java.awt.Rectangle(0, 0, 20, 20), Color.RED, SceneCategory.CAR);
      byte[] before = canvas.labels();
      canvas.decorate(new java.awt.Rectangle(10, 10, 20, 20), Color.BLUE);
      canvas.shadow(0, 5, 3, 3);
      assertThat(canvas.labels()).isEqualTo(before);
      assertThat(canvas.picture().getRGB(15, 15)).isEqualTo(Color.BLUE.getRGB());
    }
  }

  @Test
  void whatIsBehindTheCameraIsNotDrawn() {
    Point left = new Point(-1, 0, -5);
    assertThat(
            CAMERA
                .project(List.of(left, new Point(1, 0, -5), new Point(0, 3, -2)))
                .getCurrentPoint())
        .isNull();
    Path2D half =
        CAMERA.project(List.of(left, new Point(1, 0, -5), new Point(1, 0, 5), new Point(-1, 0, 5)));
    // At 5 m a metre is 8 pixels and the ground 12 rows below the horizon.
    assertThat(half.getBounds2D().getMinY()).isEqualTo(32);
    assertThat(half.contains(20, 33)).isTrue();
  }

  @Test
  void onlyFacesTowardsTheCameraAreSeen() {
    Frame.Slab low = new Frame.Slab(-1, 1, 2, 0);
    Frame.Slab high = new Frame.Slab(-1, 1, 2, 1);
    Frame.Block rightAhead = new Frame(6, 10, 0).block(low, high);
    Point eye = CAMERA.eye();
    assertThat(rightAhead.back().facing(eye)).isTrue();
    assertThat(rightAhead.left().facing(eye)).isTrue();
    assertThat(rightAhead.top().facing(eye)).isTrue();
    assertThat(rightAhead.front().facing(eye)).isFalse();
    assertThat(rightAhead.right().facing(eye)).isFalse();
  }

  /** Above 0 on the right of the way from one corner to the next, as rows run downwards. */
  private static double distance(double[] from, double[] to, double x, double y) {
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    return (dx * (y - from[1]) - dy * (x - from[0])) / Math.hypot(dx, dy);
  }
}
