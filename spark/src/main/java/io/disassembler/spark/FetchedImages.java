package io.disassembler.spark;

import io.disassembler.data.Sample;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images of a shard on the executor's own disk, as long as they are needed. */
final class FetchedImages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FetchedImages.class);

  private final Path folder;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * Copies what is not on this machine.
   *
   * @throws IOException if something is there but cannot be read now; files that are not there are
   *     left to who reads the images, and counts broken ones
   */
  FetchedImages(List<ShardImage> images, Configuration configuration) throws IOException {
    folder = Files.createTempDirectory("disassembler-shard");
    try {
      for (int i = 0; i < images.size(); i++) {
        ShardImage image = images.get(i);
        Path mask = image.mask() == null ? null : fetch(image.mask(), "mask" + i, configuration);
        samples.add(
            new Sample(image.name(), fetch(image.image(), "image" + i, configuration), mask));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  List<Sample> samples() {
    return samples;
  }

  private Path fetch(String uri, String name, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(uri);
    if ("file".equals(source.toUri().getScheme())) {
      return Path.of(source.toUri().getPath());
    }
    Path target = folder.resolve(name + "-" + source.getName());
    try (InputStream in = source.getFileSystem(configuration).open(source)) {
      Files.copy(in, target);
    } catch (FileNotFoundException e) {
      LOG.warn("{}: is not there", uri);
    }
    return target;
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
