package io.disassembler.training;

import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Noisy images of a red and a blue box that may overlap, with masks of bits: 1 red, 2 blue; the
 * first row is ignored.
 */
final class OverlappingShapes {
  static final int HEIGHT = 32;
  static final int WIDTH = 48;
  private static final int IGNORED = 128;

  private OverlappingShapes() {}

  static NetworkCard card() {
    return NetworkCard.fromYaml(
        """
        categories: [red, blue]
        decision: independent
        thresholds: [0.5, 0.4]
        input: {scale: 255, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}
        masks: {bits: true, ignore: [128]}
        """,
        "card");
  }

  static List<Sample> write(Path folder, int count, long seed) {
    Random random = new Random(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
      Box red = Box.drawn(random, 18, 24);
      Box blue = Box.drawn(random, 10, 12);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int set = (red.holds(x, y) ? 1 : 0) | (blue.holds(x, y) ? 2 : 0);
          int rgb = level(set & 1, random) << 16 | level(set & 2, random);
          image.setRGB(x, y, rgb);
          mask.getRaster().setSample(x, y, 0, y == 0 ? IGNORED : set);
        }
      }
      samples.add(save(folder, "s%d_%03d".formatted(seed, i), image, mask));
    }
    return samples;
  }

  private static int level(int there, Random random) {
    return (there != 0 ? 150 : 60) + random.nextInt(60);
  }

  private record Box(int left, int top, int height, int width) {
    static Box drawn(Random random, int height, int width) {
      return new Box(random.nextInt(WIDTH - width), random.nextInt(HEIGHT - height), height, width);
    }

    boolean holds(int x, int y) {
      return y >= top && y < top + height && x >= left && x < left + width;
    }
  }

  private static Sample save(Path folder, String name, BufferedImage image, BufferedImage mask) {
    try {
      Path imageFile = folder.resolve(name + ".image.png");
      Path maskFile = folder.resolve(name + ".mask.png");
      ImageIO.write(image, "png", imageFile.toFile());
      ImageIO.write(mask, "png", maskFile.toFile());
      return new Sample(name, imageFile, maskFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
