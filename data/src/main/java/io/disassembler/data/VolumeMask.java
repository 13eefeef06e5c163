package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads masks of volumes: depth x height x width category numbers in an array. */
final class VolumeMask {
  private static final int AXES = 3;

  private VolumeMask() {}

  static Mask read(Path file) throws IOException {
    if (!ArrayFile.is(file)) {
      throw new InvalidInputException(
          file + ": expected the mask of a volume: .npy, .nii or .nii.gz");
    }
    ArrayFile array = ArrayFile.read(file);
    int[] shape = array.shape();
    boolean first = shape.length == AXES + 1 && shape[0] == 1;
    boolean last = shape.length == AXES + 1 && shape[AXES] == 1;
    int[] extents =
        first ? Arrays.copyOfRange(shape, 1, AXES + 1) : last ? Arrays.copyOf(shape, AXES) : shape;
    if (extents.length != AXES || array.numbers().length == 0) {
      throw new InvalidInputException(
          "%s: expected depth x height x width category numbers, found the shape %s"
              .formatted(file, Arrays.toString(shape)));
    }
    return Mask.of(
        file, new Size(extents[0], extents[1], extents[2]), WholeNumbers.of(file, array.numbers()));
  }
}
