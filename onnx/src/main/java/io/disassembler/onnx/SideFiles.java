package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files beside a model that hold its weights (ONNX: external data). A model comes from
 * strangers, so its side files must lie in its own folder, after symbolic links are followed.
 * Closing closes the files; what is mapped stays readable.
 */
final class SideFiles implements AutoCloseable {
  private final String model;
  private final @Nullable Path folder;
  private final Map<String, FileChannel> channels = new HashMap<>();

  SideFiles(String model, @Nullable Path folder) {
    this.model = model;
    this.folder = folder;
  }

  /** The {@code bytes} bytes of {@code tensor}, which messages call {@code label}. */
  ByteBuffer map(TensorProto tensor, String label, long bytes) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    long offset = number(entries, "offset", 0, label);
    long length = number(entries, "length", bytes, label);
    if (length != bytes) {
      throw invalid(
          "%s needs %d bytes, its side file entry says %d".formatted(label, bytes, length));
    }
    try {
      FileChannel channel = channel(location, label);
      long size = channel.size();
      if (offset > size - bytes) {
        throw invalid(
            "%s needs bytes %d to %d of the side file '%s', which has only %d; it may be truncated"
                .formatted(label, offset, offset + bytes, location, size));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: the side file '%s' of %s cannot be read: %s".formatted(model, location, label, e),
          e);
    }
  }

  private FileChannel channel(String location, String label) throws IOException {
    FileChannel open = channels.get(location);
    if (open == null) {
      open = FileChannel.open(resolve(location, label), StandardOpenOption.READ);
      channels.put(location, open);
    }
    return open;
  }

  private Path resolve(String location, String label) throws IOException {
    if (folder == null) {
      throw invalid(
          "%s lies in a side file, but the model was not read from a folder".formatted(label));
    }
    if (location.isEmpty()) {
      throw invalid("%s lies in a side file, but its location is not stated".formatted(label));
    }
    Path relative;
    try {
      relative = Path.of(location);
    } catch (InvalidPathException e) {
      throw new InvalidInputException(
          "%s: %s has the side file '%s', which is no path".formatted(model, label, location), e);
    }
    Path root = folder.toRealPath();
    Path file = root.resolve(relative).normalize();
    if (relative.isAbsolute() || !file.startsWith(root)) {
      throw outside(location, label);
    }
    if (!Files.isRegularFile(file)) {
      throw invalid(
          "%s lies in the side file '%s', which is not in the model's folder %s"
              .formatted(label, location, folder));
    }
    if (!file.toRealPath().startsWith(root)) {
      throw outside(location, label);
    }
    return file;
  }

  private InvalidInputException outside(String location, String label) {
    return invalid(
        "%s has the side file '%s', which is outside the model's folder; copy it into the folder"
            .formatted(label, location));
  }

  private long number(Map<String, String> entries, String key, long otherwise, String label) {
    String text = entries.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with negative numbers.
    }
    throw invalid(
        "%s: %s of its side file entry is '%s', not a byte count".formatted(label, key, text));
  }

  private InvalidInputException invalid(String cause) {
    return new InvalidInputException(model + ": " + cause);
  }

  @Override
  public void close() {
    for (FileChannel channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new InvalidInputException("%s: a side file failed: %s".formatted(model, e), e);
      }
    }
  }
}
