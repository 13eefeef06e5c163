package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** Whether a mask of another size than its image can be brought together with it. */
final class MaskSize {
  private MaskSize() {}

  /** True if one is the other enlarged, but for rounding; those of volumes must be the same. */
  static boolean fits(Size mask, Size image) {
    if (mask.volume() || image.volume()) {
      return mask.equals(image);
    }
    long difference =
        Math.abs((long) mask.width() * image.height() - (long) image.width() * mask.height());
    long onePixel =
        Math.max(Math.max(mask.height(), image.height()), Math.max(mask.width(), image.width()));
    return mask.equals(image) || difference <= onePixel;
  }

  /** What is wrong with one that does not fit. */
  static InvalidInputException doesNotFit(Mask mask, Path file, Size image) {
    return new InvalidInputException(
        "%s: expected a mask as large as its %s, found %s%s"
            .formatted(
                mask.file(),
                image.volume()
                    ? "volume %s, %s".formatted(file, image)
                    : "image %s, %s, or of its proportions".formatted(file, image),
                mask.size(),
                image.volume() ? "" : turned(mask.size(), file, image)));
  }

  private static String turned(Size mask, Path file, Size image) {
    try {
      boolean turned =
          mask.height() == image.width()
              && mask.width() == image.height()
              && Orientation.turns(Orientation.of(file));
      return turned
          ? "; the image says that it is turned (EXIF orientation), but is read as it is stored: save it upright"
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
