package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simplest data set: a folder of images and, if there are labels, a folder of masks with the
 * same file names but for the extension. Subfolders and hidden files are left alone.
 */
public final class ImageFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp");
  // JPEG is lossy: its mask values are not those that were labelled.
  private static final Set<String> MASKS = Set.of("png", "bmp", "tif", "tiff", "webp");

  private ImageFolder() {}

  /**
   * Lists a data set. With masks, images that have none are left out with a warning.
   *
   * @throws InvalidInputException if a folder is missing or holds no images, if two files have the
   *     same name but for the extension, or if no mask belongs to any image
   */
  public static DataSet open(Path images, @Nullable Path masks) {
    Map<String, Path> imageByName = list(images, "images", IMAGES);
    if (masks == null) {
      return new DataSet(
          imageByName.entrySet().stream()
              .map(image -> new Sample(image.getKey(), image.getValue(), null))
              .toList(),
          null);
    }
    Map<String, Path> maskByName = list(masks, "masks", MASKS);
    List<Sample> samples = new ArrayList<>();
    List<Path> unlabelled = new ArrayList<>();
    imageByName.forEach(
        (name, image) -> {
          Path mask = maskByName.get(name);
          if (mask == null) {
            unlabelled.add(image);
          } else {
            samples.add(new Sample(name, image, mask));
          }
        });
    if (samples.isEmpty()) {
      throw new InvalidInputException(
          "%s: no mask has the name of any image in %s: masks are called like %s, images like %s"
              .formatted(
                  masks,
                  images,
                  maskByName.values().iterator().next().getFileName(),
                  unlabelled.get(0).getFileName()));
    }
    if (!unlabelled.isEmpty()) {
      LOG.warn(
          "{}: {} of {} images have no mask in {} and are left out, the first is {}",
          images,
          unlabelled.size(),
          imageByName.size(),
          masks,
          unlabelled.get(0).getFileName());
    }
    return new DataSet(samples, null);
  }

  private static Map<String, Path> list(Path folder, String what, Set<String> extensions) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s: expected a folder of %s, found %s"
              .formatted(folder, what, Files.exists(folder) ? "a file" : "nothing there"));
    }
    Map<String, Path> byName = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isOneOf(file, extensions))) {
      for (Path file : files) {
        Path twin = byName.put(Sample.stem(file), file);
        if (twin != null) {
          throw new InvalidInputException(
              "%s: %s and %s have the same name but for the extension; keep one of them"
                  .formatted(
                      folder,
                      Collections.min(List.of(twin, file)).getFileName(),
                      Collections.max(List.of(twin, file)).getFileName()));
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + ": the folder cannot be listed (" + e.getClass().getSimpleName() + ")", e);
    }
    if (byName.isEmpty()) {
      throw new InvalidInputException(
          "%s: no %s in this folder (%s)"
              .formatted(folder, what, String.join(", ", extensions.stream().sorted().toList())));
    }
    return byName;
  }

  private static boolean isOneOf(Path file, Set<String> extensions) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0
        && !name.startsWith(".")
        && extensions.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
        && Files.isRegularFile(file);
  }
}
