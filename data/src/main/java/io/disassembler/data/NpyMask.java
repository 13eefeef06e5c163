package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads masks of arrays: height x width category numbers, or one-hot, where a third axis has a 1 at
 * the pixel's category and 0 elsewhere: categories x height x width, or last.
 */
final class NpyMask {
  private NpyMask() {}

  static Mask read(Path file) throws IOException {
    ArrayFile array = ArrayFile.read(file);
    int[] shape = array.shape();
    int[] squeezed =
        shape.length == 3 ? Arrays.stream(shape).filter(extent -> extent != 1).toArray() : shape;
    if (squeezed.length == 2 && array.numbers().length > 0) {
      Size size = size(squeezed[0], squeezed[1]);
      return Mask.of(file, size, WholeNumbers.of(file, array.numbers()));
    }
    if (shape.length != 3 || array.numbers().length == 0) {
      throw new InvalidInputException(
          "%s: expected height x width numbers, or these with an axis of categories, found the shape %s"
              .formatted(file, Arrays.toString(shape)));
    }
    double[] numbers = array.numbers();
    int[] first = hot(numbers, shape[0], shape[1] * shape[2], 1);
    int[] last = hot(numbers, shape[2], 1, shape[2]);
    int wrongFirst = wrong(first);
    int wrongLast = wrong(last);
    if (wrongFirst == 0 && (wrongLast > 0 || shape[0] <= shape[2])) {
      return Mask.of(file, size(shape[1], shape[2]), first);
    }
    if (wrongLast == 0) {
      return Mask.of(file, size(shape[0], shape[1]), last);
    }
    boolean channelsFirst = shape[0] <= shape[2];
    if (Arrays.stream(numbers).allMatch(number -> number == 0 || number == 1)) {
      return Mask.ofPlanes(
          file,
          channelsFirst ? size(shape[1], shape[2]) : size(shape[0], shape[1]),
          planes(numbers, shape, channelsFirst));
    }
    throw new InvalidInputException(
        "%s: expected one-hot categories, a single 1 among zeros at each pixel; %d of %d pixels have none or several (shape %s)"
            .formatted(
                file,
                channelsFirst ? wrongFirst : wrongLast,
                channelsFirst ? first.length : last.length,
                Arrays.toString(shape)));
  }

  private static List<boolean[]> planes(double[] numbers, int[] shape, boolean channelsFirst) {
    int count = channelsFirst ? shape[0] : shape[2];
    int area = numbers.length / count;
    List<boolean[]> planes = new ArrayList<>();
    for (int value = 0; value < count; value++) {
      boolean[] plane = new boolean[area];
      for (int pixel = 0; pixel < area; pixel++) {
        plane[pixel] = numbers[channelsFirst ? value * area + pixel : pixel * count + value] != 0;
      }
      planes.add(plane);
    }
    return planes;
  }

  private static Size size(int height, int width) throws BrokenImageException {
    PixelLimit.require(height, width);
    return new Size(height, width);
  }

  /**
   * The place of the 1 of each pixel; -1 where there is not exactly one.
   *
   * @param between how far apart two categories of a pixel lie
   * @param step how far apart two pixels lie
   */
  private static int[] hot(double[] numbers, int categories, int between, int step) {
    int[] hot = new int[numbers.length / categories];
    for (int pixel = 0; pixel < hot.length; pixel++) {
      int found = -1;
      for (int category = 0; category < categories; category++) {
        double number = numbers[pixel * step + category * between];
        if (number == 1 && found == -1) {
          found = category;
        } else if (number != 0) {
          found = -2;
        }
      }
      hot[pixel] = Math.max(found, -1);
    }
    return hot;
  }

  private static int wrong(int[] hot) {
    return (int) Arrays.stream(hot).filter(category -> category < 0).count();
  }
}
