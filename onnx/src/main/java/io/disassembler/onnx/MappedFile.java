package io.disassembler.onnx;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A whole file of at most 2 GB as a read-only buffer over the page cache. */
final class MappedFile {
  private MappedFile() {}

  static ByteBuffer map(Path file) {
    if (Files.notExists(file)) {
      throw new InvalidInputException("%s: does not exist".formatted(file));
    }
    if (Files.exists(file.resolve("saved_model.pb"))) {
      throw new InvalidInputException(
          "%s: is a TensorFlow SavedModel, expected an ONNX file; convert it in Python: tf2onnx.convert.from_keras(tf.keras.models.load_model(\"%s\"), output_path=\"model.onnx\")"
              .formatted(file, file));
    }
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: is %s, expected a file"
              .formatted(file, Files.isDirectory(file) ? "a folder" : "not a regular file"));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            "%s: has %d bytes, an ONNX file holds at most 2 GB; export it with its weights in a"
                    .formatted(file, size)
                + " side file (external data)");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }
}
