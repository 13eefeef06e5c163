package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The simplest data set: a folder of images and, if there are labels, a folder of masks with the
 * same file names but for the extension and for words that only say that they are masks ({@code
 * _mask}, {@code _gtFine_labelIds}, {@link FileName}). Both may be one folder. Subfolders and
 * hidden files are left alone.
 */
public final class ImageFolder {
  private ImageFolder() {}

  /**
   * Lists a data set. With masks, images that have none are left out with a warning.
   *
   * @throws InvalidInputException if a folder is missing or holds no images, if two files have the
   *     same name but for the extension, or if no mask belongs to any image
   */
  public static DataSet open(Path images, @Nullable Path masks) {
    Tally tally = new Tally(images);
    if (masks == null) {
      List<FileName> found = distinct(images, "images", list(images, "images", FileName.IMAGES));
      remarkMasks(found, tally);
      tally.report(found.size());
      return new DataSet(
          found.stream().map(image -> new Sample(image.stem(), image.file(), null)).toList(), null);
    }
    List<FileName> candidates;
    List<FileName> maskNames;
    if (isSame(images, masks)) {
      SharedFolder shared = SharedFolder.of(list(images, "images", all()));
      candidates = shared.images();
      maskNames = shared.masks();
    } else {
      candidates = list(images, "images", FileName.IMAGES);
      maskNames = list(masks, "masks", FileName.MASKS);
    }
    return pair(
        images,
        distinct(images, "images", candidates),
        masks,
        distinct(masks, "masks", maskNames),
        tally);
  }

  private static DataSet pair(
      Path images, List<FileName> imageNames, Path masks, List<FileName> maskNames, Tally tally) {
    MaskMatching matching = MaskMatching.of(imageNames, maskNames, tally);
    List<Sample> samples = new ArrayList<>();
    for (FileName image : imageNames) {
      Path mask = matching.mask(image);
      if (mask == null) {
        tally.leaveOut("without a mask in " + masks, image.file().getFileName());
      } else {
        samples.add(new Sample(image.stem(), image.file(), mask));
      }
    }
    if (samples.isEmpty()) {
      throw new InvalidInputException(
          "%s: no mask has the name of any image in %s: masks are called like %s, images like %s"
              .formatted(
                  masks,
                  images,
                  maskNames.get(0).file().getFileName(),
                  imageNames.get(0).file().getFileName()));
    }
    tally.report(samples.size());
    return new DataSet(samples, null);
  }

  private static boolean isSame(Path images, Path masks) {
    try {
      return Files.isDirectory(images) && Files.isSameFile(images, masks);
    } catch (IOException e) {
      return false;
    }
  }

  private static Set<String> all() {
    Set<String> all = new TreeSet<>(FileName.IMAGES);
    all.addAll(FileName.MASKS);
    return all;
  }

  /** Masks among images are labels that would be taken as images. */
  private static void remarkMasks(List<FileName> found, Tally tally) {
    SharedFolder shared = SharedFolder.of(found);
    if (2 * shared.masks().size() >= found.size()) {
      shared
          .masks()
          .forEach(
              mask ->
                  tally.remark(
                      "are called like masks of others and are taken as images; if they are masks, name the folder for masks too",
                      mask.file().getFileName()));
    }
  }

  private static List<FileName> list(Path folder, String what, Set<String> extensions) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s: expected a folder of %s, found %s"
              .formatted(folder, what, Files.exists(folder) ? "a file" : "nothing there"));
    }
    List<FileName> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isOneOf(file, extensions))) {
      files.forEach(file -> names.add(FileName.of(file)));
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + ": the folder cannot be listed (" + e.getClass().getSimpleName() + ")", e);
    }
    if (names.isEmpty()) {
      throw new InvalidInputException(
          "%s: no %s in this folder (%s)"
              .formatted(folder, what, String.join(", ", extensions.stream().sorted().toList())));
    }
    return names;
  }

  /** In the order of their names, which must differ in more than the extension. */
  private static List<FileName> distinct(Path folder, String what, List<FileName> names) {
    Map<String, FileName> byName = new TreeMap<>();
    for (FileName name : names) {
      FileName twin = byName.put(name.stem(), name);
      if (twin != null) {
        throw new InvalidInputException(
            "%s: %s and %s have the same name but for the extension; keep one of them, or put images and masks into folders of their own"
                .formatted(
                    folder,
                    Collections.min(List.of(twin.file(), name.file())).getFileName(),
                    Collections.max(List.of(twin.file(), name.file())).getFileName()));
      }
    }
    if (byName.isEmpty()) {
      throw new InvalidInputException(
          "%s: cannot tell %s from others in this folder; put images and masks into folders of their own"
              .formatted(folder, what));
    }
    return List.copyOf(byName.values());
  }

  /** True if a file is called like an image, and not hidden as those of some systems are. */
  public static boolean isImage(Path file) {
    return isOneOf(file, FileName.IMAGES);
  }

  private static boolean isOneOf(Path file, Set<String> extensions) {
    return !String.valueOf(file.getFileName()).startsWith(".")
        && extensions.contains(FileName.extension(file))
        && Files.isRegularFile(file);
  }
}
