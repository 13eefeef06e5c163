package io.disassembler.data;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One image of a data set.
 *
 * @param name tells it from others, such as the image's file name without extension
 * @param image the image file
 * @param mask the file that holds its mask, if there are labels
 * @param reader makes the mask from that file
 * @param patch which part of a volume; null of images, and of volumes as a whole
 */
public record Sample(
    String name, Path image, @Nullable Path mask, MaskReader reader, @Nullable Patch patch) {

  /** A whole image or volume. */
  public Sample(String name, Path image, @Nullable Path mask, MaskReader reader) {
    this(name, image, mask, reader, null);
  }

  /** An image with a mask file of its own, or none. */
  public Sample(String name, Path image, @Nullable Path mask) {
    this(name, image, mask, MaskReader.VALUES);
  }

  /**
   * Its mask.
   *
   * @return null if there are no labels
   * @throws IOException if it cannot be read
   */
  public @Nullable Mask readMask() throws IOException {
    return mask == null ? null : reader.read(mask);
  }

  /**
   * Part of a volume; the first has the volume's name.
   *
   * @param index which, from 0
   */
  Sample part(int index, Patch of) {
    String part = index == 0 ? name : name + "#" + (index + 1);
    return new Sample(part, image, mask, reader, of);
  }

  /** File name without its extension. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean two = FileName.extension(file).equals("nii.gz");
    int dot = two ? name.length() - ".nii.gz".length() : name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
