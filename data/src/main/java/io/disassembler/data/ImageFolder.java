package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simplest data set: a folder of images and, if there are labels, a folder of masks with the
 * same file names but for the extension and for words that only say that they are masks ({@code
 * _mask}, {@code _gtFine_labelIds}, {@link FileName}). Both may be one folder. Subfolders and
 * hidden files are left alone, but for {@link CategoryFolders} of masks.
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
    List<FileName> files = files(images, "images");
    boolean shared = masks != null && isSame(images, masks);
    files.stream()
        .filter(file -> isOneOf(file.file(), FileName.UNREAD))
        .filter(file -> !shared || !isOneOf(file.file(), FileName.MASKS))
        .forEach(file -> tally.leaveOut("of a format that is not read", file.file().getFileName()));
    if (masks == null) {
      List<FileName> found = distinct(images, "images", images(images, files));
      remarkMasks(found, tally);
      tally.report(found.size());
      return new DataSet(
          found.stream().map(image -> new Sample(image.stem(), image.file(), null)).toList(), null);
    }
    if (shared) {
      SharedFolder folder =
          SharedFolder.of(chosen(images, files, "images", both(FileName.IMAGES, FileName.MASKS)));
      return pair(
          images,
          distinct(images, "images", folder.images()),
          masks,
          distinct(masks, "masks", folder.masks()),
          tally);
    }
    List<FileName> found = distinct(images, "images", images(images, files));
    CategoryFolders categories = CategoryFolders.in(masks);
    if (!categories.isEmpty()) {
      return categories.of(masks, found, tally);
    }
    return pair(
        images,
        found,
        masks,
        distinct(masks, "masks", chosen(masks, files(masks, "masks"), "masks", FileName.MASKS)),
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

  private static Set<String> both(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
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

  /** The visible files of a folder, in the order of their names. */
  private static List<FileName> files(Path folder, String what) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s: expected a folder of %s, found %s"
              .formatted(folder, what, Files.exists(folder) ? "a file" : "nothing there"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .map(FileName::of)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(
          folder + ": the folder cannot be listed (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Pictures, or else arrays, which may be masks where there are pictures. */
  private static List<FileName> images(Path folder, List<FileName> files) {
    boolean arrays =
        files.stream().noneMatch(file -> isOneOf(file.file(), FileName.IMAGES))
            && files.stream().anyMatch(file -> isOneOf(file.file(), FileName.ARRAYS));
    return chosen(folder, files, "images", arrays ? FileName.ARRAYS : FileName.IMAGES);
  }

  /** Those with one of some extensions; at least one. */
  private static List<FileName> chosen(
      Path folder, List<FileName> files, String what, Set<String> extensions) {
    List<FileName> names = files.stream().filter(file -> isOneOf(file.file(), extensions)).toList();
    if (names.isEmpty()) {
      throw new InvalidInputException(
          "%s: no %s in this folder (%s)%s%s"
              .formatted(
                  folder,
                  what,
                  String.join(", ", extensions.stream().sorted().toList()),
                  extensions.contains("jpg") ? "" : "; JPEG changes values and cannot hold masks",
                  SplitFolders.hint(folder, what)));
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
    return !String.valueOf(file.getFileName()).startsWith(".")
        && (isOneOf(file, FileName.IMAGES) || isOneOf(file, FileName.ARRAYS))
        && Files.isRegularFile(file);
  }

  private static boolean isOneOf(Path file, Set<String> extensions) {
    return extensions.contains(FileName.extension(file));
  }
}
