package io.disassembler.data.layout;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where COCO's files are. */
final class CocoFolder {
  private CocoFolder() {}

  /** A file in the folder of annotations. */
  static Path annotations(Path folder, String name) {
    return Listing.split(
        Listing.folder(folder.resolve("annotations"), "COCO").resolve(name), "COCO");
  }

  /** The folder of images, in the data set's folder or in {@code images} there. */
  static Path images(Path folder, String split) {
    Path inside = folder.resolve("images").resolve(split);
    return Files.isDirectory(inside) ? inside : Listing.folder(folder.resolve(split), "COCO");
  }

  /** A file's name without its extension. */
  static String stem(String file) {
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
