package io.disassembler.scenes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Draws a picture and its mask with the same geometry: the picture smoothly, the mask pixel by
 * pixel, so that each pixel of it has the category at its centre.
 */
final class Canvas implements AutoCloseable {
  private final BufferedImage picture;
  private final BufferedImage labels;
  private final Graphics2D pictureGraphics;
  private final Graphics2D labelGraphics;
  private final Camera camera;
  private final Light light;

  /**
   * @param roll how far the camera leans to a side, in radians
   */
  Canvas(int rows, int columns, Camera camera, double roll, Light light) {
    this.camera = camera;
    this.light = light;
    picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    labels = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    AffineTransform leaning = AffineTransform.getRotateInstance(roll, columns / 2.0, rows / 2.0);
    pictureGraphics = graphics(picture, RenderingHints.VALUE_ANTIALIAS_ON, leaning);
    labelGraphics = graphics(labels, RenderingHints.VALUE_ANTIALIAS_OFF, leaning);
  }

  private static Graphics2D graphics(
      BufferedImage image, Object antialiasing, AffineTransform leaning) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, antialiasing);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setTransform(leaning);
    return graphics;
  }

  Camera camera() {
    return camera;
  }

  Light light() {
    return light;
  }

  /** Draws a shape in pixels that shows a category. */
  void fill(Shape shape, Paint paint, SceneCategory category) {
    decorate(shape, paint);
    labelGraphics.setPaint(new Color(category.maskValue()));
    labelGraphics.fill(shape);
  }

  /** Draws a shape in pixels on what is there, which stays what it is. */
  void decorate(Shape shape, Paint paint) {
    pictureGraphics.setPaint(paint);
    pictureGraphics.fill(shape);
  }

  /** Draws a polygon on the ground. */
  void ground(List<Point> polygon, Paint paint, SceneCategory category) {
    fill(camera.project(polygon), paint, category);
  }

  /** Draws a face in the light there is, if it can be seen. */
  boolean face(Face face, Rgb color, SceneCategory category) {
    if (!face.facing(camera.eye())) {
      return false;
    }
    fill(camera.project(face.corners()), lit(face, color), category);
    return true;
  }

  /** Draws a part of a face on it, in the light there is. */
  void detail(Face part, Rgb color) {
    decorate(camera.project(part.corners()), lit(part, color));
  }

  /** Draws a part of a face that gives light itself. */
  void glow(Face part, Rgb color) {
    decorate(camera.project(part.corners()), light.faded(color, part.distance()).opaque());
  }

  /** Darkens the ground around a place. */
  void shadow(double x, double z, double width, double depth) {
    double scale = camera.scale(z);
    double column = camera.column(new Point(x, 0, z));
    double far = camera.row(new Point(x, 0, z + depth / 2));
    double near = camera.row(new Point(x, 0, Math.max(1, z - depth / 2)));
    Color color = new Color(0, 0, 0, (float) (0.5 * light.shadow()));
    for (double grow : new double[] {1, 0.8}) {
      double half = width / 2 * scale * grow;
      double tall = (near - far) * grow;
      decorate(new Ellipse2D.Double(column - half, (near + far - tall) / 2, 2 * half, tall), color);
    }
  }

  private Color lit(Face face, Rgb color) {
    return light.on(color, face.normal(), face.distance()).opaque();
  }

  /** What was drawn; not a copy. */
  BufferedImage picture() {
    return picture;
  }

  /** The categories drawn, row by row. */
  byte[] labels() {
    int columns = labels.getWidth();
    byte[] values = new byte[columns * labels.getHeight()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (labels.getRGB(i % columns, i / columns) & 0xff);
    }
    return values;
  }

  @Override
  public void close() {
    pictureGraphics.dispose();
    labelGraphics.dispose();
  }
}
