package io.disassembler.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders that hold no images themselves but those of training, validation or test. */
final class SplitFolders {
  private static final List<String> SPLITS =
      List.of("train", "training", "val", "valid", "validation", "test");

  private SplitFolders() {}

  /**
   * What to name instead of {@code folder}, which holds no files: the data set above it where there
   * are masks in the same order, and a folder in it otherwise. Empty if it is divided by nothing.
   *
   * @param what images or masks
   */
  static String hint(Path folder, String what) {
    Path images = folder.resolve("images");
    if (Files.isDirectory(images)) {
      return hint(images, what);
    }
    List<String> splits =
        SPLITS.stream().filter(split -> Files.isDirectory(folder.resolve(split))).toList();
    if (splits.isEmpty()) {
      return "";
    }
    String found = "; it is divided into " + String.join(", ", splits);
    Path above = folder.toAbsolutePath().normalize().getParent();
    for (Path root : Stream.of(folder, above).filter(Objects::nonNull).toList()) {
      if (splits.stream().anyMatch(split -> isLaidOut(root, split))) {
        return "%s: name folders:%s:%s".formatted(found, root, splits.get(0));
      }
    }
    Path inside = folder.resolve(splits.get(0));
    return Files.isDirectory(inside.resolve("images"))
        ? "%s: name folders:%s".formatted(found, inside)
        : "%s: name the %s in %s".formatted(found, what, inside);
  }

  /** Whether {@code folders:ROOT:SPLIT} can be opened. */
  private static boolean isLaidOut(Path root, String split) {
    return Stream.of("images", "masks")
        .allMatch(part -> Files.isDirectory(root.resolve(part).resolve(split)));
  }
}
