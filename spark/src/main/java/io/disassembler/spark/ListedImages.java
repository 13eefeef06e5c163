package io.disassembler.spark;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.MaskReader;
import io.disassembler.data.Sample;
import io.disassembler.data.layout.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * The images of a data set in one of Hadoop's file systems, each with the mask that belongs to it.
 *
 * @param images in the order of their names
 * @param labelled whether every image has a mask
 * @param legend what mask values mean, where the data set says so
 */
record ListedImages(List<ShardImage> images, boolean labelled, @Nullable Legend legend) {

  /**
   * Lists a data set on a path that the driver and all executors have.
   *
   * @throws InvalidInputException if there is none, or its masks are not one file each
   */
  static ListedImages local(String images, @Nullable Path masks) {
    DataSet found = DataSets.open(images, masks);
    List<ShardImage> listed = new ArrayList<>();
    for (Sample sample : found.samples()) {
      requireOwnMask(sample, images);
      listed.add(
          new ShardImage(
              sample.name(),
              sample.image().toAbsolutePath().toUri().toString(),
              sample.mask() == null ? null : sample.mask().toAbsolutePath().toUri().toString()));
    }
    return new ListedImages(listed, found.labelled(), found.legend());
  }

  /** Lists a folder of images, perhaps with one of masks, as {@link DataSets} would on a disk. */
  static ListedImages remote(String images, @Nullable String masks, Configuration configuration)
      throws IOException {
    Path mirror = Files.createTempDirectory("disassembler-list");
    Map<Path, String> places = new HashMap<>();
    Path imageNames = mirror(images, mirror.resolve("images"), places, configuration);
    Path maskNames =
        masks == null ? null : mirror(masks, mirror.resolve("masks"), places, configuration);
    try {
      DataSet found = DataSets.open(imageNames.toString(), maskNames);
      List<ShardImage> listed = new ArrayList<>();
      for (Sample sample : found.samples()) {
        listed.add(
            new ShardImage(
                sample.name(),
                place(places, sample.image()),
                sample.mask() == null ? null : place(places, sample.mask())));
      }
      return new ListedImages(listed, found.labelled(), found.legend());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          String.valueOf(e.getMessage())
              .replace(imageNames.toString(), images)
              .replace(String.valueOf(maskNames), String.valueOf(masks)),
          e);
    } finally {
      for (Path file : places.keySet()) {
        Files.delete(file);
      }
      Files.delete(imageNames);
      if (maskNames != null) {
        Files.delete(maskNames);
      }
      Files.delete(mirror);
    }
  }

  private static String place(Map<Path, String> places, Path file) {
    return Objects.requireNonNull(places.get(file));
  }

  /** Empty files of the same names, which is all that listing looks at. */
  private static Path mirror(
      String folder, Path into, Map<Path, String> places, Configuration configuration)
      throws IOException {
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(folder);
    FileSystem files = source.getFileSystem(configuration);
    Files.createDirectory(into);
    if (!files.exists(source)) {
      throw new InvalidInputException(folder + ": there is no such folder");
    }
    for (FileStatus found : files.listStatus(source)) {
      if (found.isFile()) {
        org.apache.hadoop.fs.Path file = found.getPath();
        Path name = into.resolve(file.getName());
        Files.createFile(name);
        places.put(name, file.toUri().toString());
      }
    }
    return into;
  }

  /** Whether there are masks, in words. */
  String masks() {
    return labelled ? "with masks" : "without masks";
  }

  private static void requireOwnMask(Sample sample, String images) {
    if (sample.mask() != null && sample.reader() != MaskReader.VALUES) {
      throw new InvalidInputException(
          "%s: its masks are not one image each, and executors read only such; write masks as images, or profile shards by hand"
              .formatted(images));
    }
  }
}
