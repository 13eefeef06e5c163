package io.disassembler.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An array in a file: NumPy's {@code .npy}, or NIfTI ({@code .nii}, {@code .nii.gz}).
 *
 * @param shape its extents, 0 to 4 of them
 * @param numbers in C order
 * @param largest the largest number of their type; 1 for floating point, truth values and NIfTI,
 *     whose numbers are measured
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ArrayFile(int[] shape, double[] numbers, double largest) {

  /** Whether a file is called so. */
  static boolean is(Path file) {
    return FileName.ARRAYS.contains(FileName.extension(file));
  }

  /**
   * Reads it.
   *
   * @throws BrokenImageException if it is no such file, damaged, or larger than {@link PixelLimit}
   */
  static ArrayFile read(Path file) throws IOException {
    return NiftiFile.is(file) ? NiftiFile.read(file) : NpyFile.read(file);
  }

  /**
   * The extents that its header states.
   *
   * @throws BrokenImageException if it states none
   */
  static int[] shape(Path file) throws IOException {
    return NiftiFile.is(file) ? NiftiFile.shape(file) : NpyFile.shape(file);
  }
}
