package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the mask of one image from the file that holds it. */
@FunctionalInterface
public interface MaskReader {
  /** Files whose values are the mask values. */
  MaskReader VALUES = Mask::read;

  /**
   * The mask of the image.
   *
   * @throws InvalidInputException if the file holds something else than expected
   * @throws BrokenImageException if it is damaged
   * @throws IOException if it cannot be read
   */
  Mask read(Path file) throws IOException;
}
