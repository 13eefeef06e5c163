package io.disassembler.attribution;

import io.disassembler.data.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Image files of random pixels. */
final class SampleImages {
  private SampleImages() {}

  /** Writes {@code count} images named a00, a01, ... */
  static List<Sample> write(Path folder, int count, int height, int width) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(i);
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          image.setRGB(column, row, random.nextInt(1 << 24));
        }
      }
      String name = "a%02d".formatted(i);
      Path file = folder.resolve(name + ".png");
      try {
        ImageIO.write(image, "png", file.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      samples.add(new Sample(name, file, null));
    }
    return samples;
  }
}
