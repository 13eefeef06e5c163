package io.disassembler.training;

import io.disassembler.data.ColorOrder;
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

/** Noisy images of a bright box on a dark ground, with masks: 0 ground, 1 box, 9 ignored border. */
final class ShapeImages {
  static final int HEIGHT = 32;
  static final int WIDTH = 48;

  private ShapeImages() {}

  static NetworkCard card() {
    return new NetworkCard(
        List.of("ground", "box"),
        ColorOrder.RGB,
        255,
        List.of(0.5, 0.5, 0.5),
        List.of(0.25, 0.25, 0.25),
        null,
        List.of(List.of(0), List.of(1)),
        List.of(9));
  }

  static List<Sample> write(Path folder, int count, long seed) {
    Random random = new Random(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
      int top = random.nextInt(HEIGHT - 14);
      int left = random.nextInt(WIDTH - 18);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          boolean box = y >= top && y < top + 14 && x >= left && x < left + 18;
          int level = (box ? 150 : 60) + random.nextInt(60);
          image.setRGB(x, y, level << 16 | level << 8 | (255 - level));
          mask.getRaster().setSample(x, y, 0, y == 0 ? 9 : box ? 1 : 0);
        }
      }
      samples.add(save(folder, "s%d_%03d".formatted(seed, i), image, mask));
    }
    return samples;
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
