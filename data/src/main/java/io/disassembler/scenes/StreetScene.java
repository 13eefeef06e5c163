package io.disassembler.scenes;

import io.disassembler.data.Size;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * A drawn picture of a street with its mask.
 *
 * @param picture RGB
 * @param labels the mask value of a {@link SceneCategory} for each pixel, row by row
 */
public record StreetScene(BufferedImage picture, byte[] labels) {
  private static final double LEAN = 0.035;

  /**
   * Draws a scene: the same on the same machine for the same size, seed and number.
   *
   * @param number which of the scenes with that seed
   */
  public static StreetScene draw(Size size, long seed, long number) {
    SplittableRandom random = new SplittableRandom(mixed(seed) + number).split();
    Camera camera = Camera.random(random, size.height(), size.width());
    Light light = Light.random(random);
    Street street = Street.random(random);
    double lean = random.nextDouble(-LEAN, LEAN);
    try (Canvas canvas = new Canvas(size.height(), size.width(), camera, lean, light)) {
      new Backdrop(canvas, random).draw();
      new Ground(canvas, street, random).draw();
      Inhabitants inhabitants = new Inhabitants(street, light, random);
      inhabitants.background().forEach(object -> object.draw(canvas));
      inhabitants.foreground().forEach(object -> object.draw(canvas));
      byte[] labels = canvas.labels();
      Sensor.random(random, light).apply(canvas.picture(), labels, random);
      return new StreetScene(canvas.picture(), labels);
    }
  }

  /** Scatters seeds, so that the scenes of seed 2 are not those of seed 1 one number later. */
  private static long mixed(long seed) {
    return new SplittableRandom(seed).nextLong();
  }
}
