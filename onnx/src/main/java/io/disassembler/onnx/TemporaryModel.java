package io.disassembler.onnx;

import io.disassembler.graph.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A network written to a folder of its own until closed. */
public record TemporaryModel(Path folder) implements AutoCloseable {
  private static final String NAME = "model.onnx";

  /** Writes {@code network} to a new folder among the temporary ones. */
  public static TemporaryModel of(Network network) {
    try {
      TemporaryModel model = new TemporaryModel(Files.createTempDirectory("disassembler"));
      try {
        OnnxWriter.write(network, model.file());
        return model;
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model's file. */
  public Path file() {
    return folder.resolve(NAME);
  }

  @Override
  public void close() {
    try {
      List<Path> files;
      try (Stream<Path> listed = Files.list(folder)) {
        files = listed.toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
