package io.disassembler.scenes;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * What a camera makes of what it sees.
 *
 * @param exposure factor on all light
 * @param contrast factor on the distance from mid-grey
 * @param warmth red gained and blue lost, or the other way round
 * @param softness share of its neighbours in each pixel, from 0
 * @param vignette how much darker the corners are
 * @param grain standard deviation of the noise, in grey levels
 * @param texture how rough surfaces are
 */
record Sensor(
    double exposure,
    double contrast,
    double warmth,
    double softness,
    double vignette,
    double grain,
    double texture) {
  private static final double MIDDLE = 118;
  private static final double[] RED_GREEN_BLUE = {1, 0, -1};
  private static final int COARSE = 5;

  /** How much the texture of each category shows. */
  private static final double[] ROUGHNESS = {0.1, 0.5, 0.7, 0.7, 1.6, 1.3, 0.3, 0.2, 0.25, 0.6};

  static Sensor random(SplittableRandom random, Light light) {
    return new Sensor(
        random.nextDouble(0.9, 1.3),
        random.nextDouble(0.8, 1.18),
        random.nextDouble(-0.07, 0.07),
        random.nextDouble() < 0.5 ? random.nextDouble(0.0, 0.2) : random.nextDouble(0.2, 0.6),
        random.nextDouble(0, 0.3),
        random.nextDouble(2, 5) + 4 * light.night(),
        random.nextDouble(0.06, 0.16));
  }

  /** Changes a picture in place. */
  void apply(BufferedImage picture, byte[] labels, SplittableRandom random) {
    int columns = picture.getWidth();
    int rows = picture.getHeight();
    double[][] coarse = coarse(random, rows / COARSE + 2, columns / COARSE + 2);
    int[] pixels = softened(picture.getRGB(0, 0, columns, rows, null, 0, columns), columns, rows);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = row * columns + column;
        double x = 2.0 * column / columns - 1;
        double y = 2.0 * row / rows - 1;
        double rough =
            texture
                * ROUGHNESS[labels[at]]
                * (between(coarse, row, column) + 0.6 * random.nextDouble(-1, 1));
        double gain = exposure * (1 - vignette * (x * x + y * y) / 2) * (1 + rough);
        double common = random.nextGaussian() * grain;
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
          double value = pixels[at] >> (16 - 8 * channel) & 0xff;
          value *= gain * (1 + warmth * RED_GREEN_BLUE[channel]);
          value = MIDDLE + (value - MIDDLE) * contrast;
          value += common + 0.5 * grain * random.nextGaussian();
          color = color << 8 | (int) Math.max(0, Math.min(255, Math.round(value)));
        }
        pixels[at] = color;
      }
    }
    picture.setRGB(0, 0, columns, rows, pixels, 0, columns);
  }

  private static double[][] coarse(SplittableRandom random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int column = 0; column < columns; column++) {
        row[column] = random.nextDouble(-1, 1);
      }
    }
    return values;
  }

  private static double between(double[][] coarse, int row, int column) {
    int r = row / COARSE;
    int c = column / COARSE;
    double y = (double) (row % COARSE) / COARSE;
    double x = (double) (column % COARSE) / COARSE;
    double above = coarse[r][c] * (1 - x) + coarse[r][c + 1] * x;
    double below = coarse[r + 1][c] * (1 - x) + coarse[r + 1][c + 1] * x;
    return above * (1 - y) + below * y;
  }

  /** Each pixel with {@link #softness} of the mean of its neighbours. */
  private int[] softened(int[] pixels, int columns, int rows) {
    int[] soft = new int[pixels.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int around = 0;
          for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
              int r = Math.max(0, Math.min(rows - 1, row + dy));
              int c = Math.max(0, Math.min(columns - 1, column + dx));
              around += pixels[r * columns + c] >> shift & 0xff;
            }
          }
          int own = pixels[row * columns + column] >> shift & 0xff;
          color |= (int) Math.round(own + (around / 9.0 - own) * softness) << shift;
        }
        soft[row * columns + column] = color;
      }
    }
    return soft;
  }
}
