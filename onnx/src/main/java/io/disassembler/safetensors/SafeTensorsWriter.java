package io.disassembler.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes {@code .safetensors} files. */
public final class SafeTensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;

  private SafeTensorsWriter() {}

  /**
   * Writes {@code content} to {@code file}, whole or not at all.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(SafeTensors content, Path file) {
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(channel, header(content));
        for (Weight weight : content.weights().values()) {
          write(channel, weight.data());
        }
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be written: " + Reason.of(e), e);
    } finally {
      remove(temporary);
    }
  }

  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw new InvalidInputException(temporary + ": cannot be removed: " + Reason.of(e), e);
    }
  }

  private static ByteBuffer header(SafeTensors content) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!content.metadata().isEmpty()) {
      ObjectNode metadata = root.putObject("__metadata__");
      content.metadata().forEach(metadata::put);
    }
    long offset = 0;
    for (Weight weight : content.weights().values()) {
      ObjectNode entry = root.putObject(weight.name());
      entry.put("dtype", TypeNames.name(weight.type()));
      ArrayNode shape = entry.putArray("shape");
      for (long extent : weight.shape().dimensions()) {
        shape.add(extent);
      }
      entry.putArray("data_offsets").add(offset).add(offset + weight.bytes());
      offset += weight.bytes();
    }
    byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    // Blanks after the JSON keep the elements aligned.
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
