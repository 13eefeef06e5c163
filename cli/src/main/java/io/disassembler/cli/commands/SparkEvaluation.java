package io.disassembler.cli.commands;

import io.disassembler.cli.output.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an evaluation on Spark leaves for the process that asked for it: the result as JSON, and the
 * names of the images that it rests on, each in a file that is gone at the end.
 */
final class SparkEvaluation implements AutoCloseable {
  private final Path folder;
  private final Path json;
  private final Path images;

  SparkEvaluation() {
    try {
      folder = Files.createTempDirectory("disassembler-evaluate");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    json = folder.resolve("result.json");
    images = folder.resolve("images.txt");
  }

  /** What the job is told besides. */
  List<String> arguments() {
    return List.of("--json", json.toString(), "--counted", images.toString());
  }

  /** The result. */
  String json() {
    return read(json);
  }

  /**
   * The images that it rests on.
   *
   * @param set as it was typed
   */
  Provenance.Images images(String set) {
    List<String> names = read(images).lines().toList();
    return new Provenance.Images(set, names.size(), names);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(json);
      Files.deleteIfExists(images);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
