package io.disassembler.data.layout;

import io.disassembler.data.Mask;
import io.disassembler.data.MaskReader;
import io.disassembler.data.PixelLimit;
import io.disassembler.data.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Paints the instances of one image over each other.
 *
 * @param height of the image, as the file says; it need not fit into memory
 * @param width likewise
 */
record PaintedMask(long height, long width, List<Instance> instances) implements MaskReader {
  private static final Comparator<Instance> ORDER =
      Comparator.comparing(Instance::crowd)
          .thenComparing(Instance::area)
          .reversed()
          .thenComparing(Instance::id);

  @Override
  public Mask read(Path file) throws IOException {
    PixelLimit.require(height, width);
    Size size = new Size((int) height, (int) width);
    BufferedImage canvas =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    instances.stream()
        .sorted(ORDER)
        .forEach(instance -> instance.region.fill(canvas, instance.value));
    int[] values = canvas.getRGB(0, 0, size.width(), size.height(), null, 0, size.width());
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] &= 0xff;
    }
    return Mask.of(file, size, values, meaning -> sets(size, meaning));
  }

  /** All categories of each pixel; where there is none, background. */
  private int[] sets(Size size, IntUnaryOperator meaning) {
    Map<Integer, List<Instance>> byMeaning = new TreeMap<>();
    for (Instance instance : instances) {
      byMeaning
          .computeIfAbsent(meaning.applyAsInt(instance.value), unused -> new ArrayList<>())
          .add(instance);
    }
    int[] sets = new int[size.area()];
    boolean[] uncertain = new boolean[sets.length];
    byMeaning.forEach(
        (set, alike) -> {
          int[] covered = covered(size, alike);
          for (int pixel = 0; pixel < sets.length; pixel++) {
            if (covered[pixel] != 0 && set < 0) {
              uncertain[pixel] = true;
            } else if (covered[pixel] != 0) {
              sets[pixel] |= set;
            }
          }
        });
    int background = meaning.applyAsInt(CocoCategories.BACKGROUND);
    for (int pixel = 0; pixel < sets.length; pixel++) {
      if (sets[pixel] == 0) {
        sets[pixel] = uncertain[pixel] ? -1 : background;
      }
    }
    return sets;
  }

  private static int[] covered(Size size, List<Instance> instances) {
    BufferedImage canvas =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    instances.forEach(instance -> instance.region.fill(canvas, 1));
    int[] covered = canvas.getRGB(0, 0, size.width(), size.height(), null, 0, size.width());
    for (int pixel = 0; pixel < covered.length; pixel++) {
      covered[pixel] &= 0xff;
    }
    return covered;
  }

  /**
   * An instance, or a crowd of them.
   *
   * @param area in pixels
   * @param value what its pixels are in the mask
   */
  record Instance(CocoId id, double area, int value, Region region) {
    /** Crowds lie below all else. */
    boolean crowd() {
      return value == CocoCategories.VOID;
    }
  }
}
