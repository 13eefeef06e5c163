package io.disassembler.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One image of a data set.
 *
 * @param name the image's file name without extension
 * @param image the image file
 * @param mask the mask file of the same name, if there are labels
 */
public record Sample(String name, Path image, @Nullable Path mask) {

  /** File name without its extension. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
