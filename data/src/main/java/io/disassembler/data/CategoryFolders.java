package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Masks of categories that may overlap: a folder for each category, called like it, with a file for
 * each image in which it is. Whatever is not 0 there is the category; without a file it is nowhere
 * in the image.
 *
 * @param names of the categories, in the order of the alphabet; value i means the i-th
 * @param folders theirs
 */
record CategoryFolders(List<String> names, List<Path> folders) {

  /** The folders within a folder of masks; empty if it has masks itself, or no such folders. */
  static CategoryFolders in(Path masks) {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(masks) && masks(masks).isEmpty()) {
      children(masks).stream()
          .filter(child -> Files.isDirectory(child) && !masks(child).isEmpty())
          .forEach(folders::add);
    }
    return new CategoryFolders(
        folders.stream().map(folder -> String.valueOf(folder.getFileName())).toList(), folders);
  }

  boolean isEmpty() {
    return folders.isEmpty();
  }

  /**
   * Images with the masks of their categories; those that none has are left out.
   *
   * @throws InvalidInputException if no mask belongs to any image
   */
  DataSet of(Path masks, List<FileName> images, Tally tally) {
    List<MaskMatching> matchings =
        folders.stream().map(folder -> MaskMatching.of(images, masks(folder), tally)).toList();
    List<Sample> samples = new ArrayList<>();
    for (FileName image : images) {
      Map<Integer, Path> found = new TreeMap<>();
      for (int value = 0; value < matchings.size(); value++) {
        Path mask = matchings.get(value).mask(image);
        if (mask != null) {
          found.put(value, mask);
        }
      }
      if (found.isEmpty()) {
        tally.leaveOut("without a mask in any folder of " + masks, image.file().getFileName());
      } else {
        samples.add(
            new Sample(
                image.stem(),
                image.file(),
                found.values().iterator().next(),
                file -> planes(file, names.size(), found)));
      }
    }
    if (samples.isEmpty()) {
      throw new InvalidInputException(
          "%s: no mask in its folders %s has the name of any image, such as %s"
              .formatted(masks, names, images.get(0).file().getFileName()));
    }
    tally.report(samples.size());
    return new DataSet(samples, new Legend(names, List.of()));
  }

  private static Mask planes(Path file, int count, Map<Integer, Path> found) throws IOException {
    Size size = null;
    List<boolean @Nullable []> planes = new ArrayList<>();
    for (int value = 0; value < count; value++) {
      Path path = found.get(value);
      if (path == null) {
        planes.add(null);
        continue;
      }
      Mask mask = Mask.read(path);
      if (size != null && !size.equals(mask.size())) {
        throw new InvalidInputException(
            "%s is %s, but %s is %s; expected masks of one size for all categories of an image"
                .formatted(path, mask.size(), file, size));
      }
      size = mask.size();
      planes.add(shown(mask.values()));
    }
    if (size == null) {
      throw new IllegalArgumentException("no mask of " + file);
    }
    List<boolean[]> all = new ArrayList<>();
    for (boolean[] plane : planes) {
      all.add(plane == null ? new boolean[size.area()] : plane);
    }
    return Mask.ofPlanes(file, size, all);
  }

  private static boolean[] shown(int[] values) {
    boolean[] shown = new boolean[values.length];
    for (int pixel = 0; pixel < shown.length; pixel++) {
      shown[pixel] = values[pixel] != 0;
    }
    return shown;
  }

  private static List<FileName> masks(Path folder) {
    return children(folder).stream()
        .filter(Files::isRegularFile)
        .filter(file -> FileName.MASKS.contains(FileName.extension(file)))
        .map(FileName::of)
        .toList();
  }

  /** What is visible in a folder, in the order of the names. */
  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !String.valueOf(child.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + ": the folder cannot be listed (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
