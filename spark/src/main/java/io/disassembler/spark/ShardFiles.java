package io.disassembler.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of what was found in a job's shards, in any of Hadoop's file systems. A file is called
 * by its shard and its content, so that tries of the same shard do not disturb each other.
 */
final class ShardFiles {
  private final FileSystem files;
  private final Path folder;

  ShardFiles(String folder, Configuration configuration) throws IOException {
    this.folder = new Path(folder);
    files = this.folder.getFileSystem(configuration);
    files.mkdirs(this.folder);
  }

  /** What is there of the shard whose files begin with {@code prefix}: their names, in order. */
  List<String> of(String prefix, String ending) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus file : files.listStatus(folder)) {
        String name = file.getPath().getName();
        if (name.startsWith(prefix) && name.endsWith(ending)) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  /**
   * Puts a file there, whole or not at all.
   *
   * @param content tells it from others of its shard
   * @return what it is called
   */
  String put(java.nio.file.Path file, String prefix, String content, String ending)
      throws IOException {
    String name = prefix + content.substring(0, 16) + ending;
    Path target = new Path(folder, name);
    Path unfinished = new Path(folder, "." + name + "." + UUID.randomUUID());
    files.copyFromLocalFile(false, true, new Path(file.toUri()), unfinished);
    // Another try of the shard may have been faster; its file has the same content.
    if (!files.rename(unfinished, target)) {
      files.delete(unfinished, false);
      if (!files.exists(target)) {
        throw new IOException(target + ": cannot be written");
      }
    }
    return name;
  }

  /** Copies a file from there. */
  void get(String name, java.nio.file.Path file) throws IOException {
    files.copyToLocalFile(false, new Path(folder, name), new Path(file.toUri()), true);
  }
}
