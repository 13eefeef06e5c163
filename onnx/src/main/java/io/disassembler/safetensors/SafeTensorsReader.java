package io.disassembler.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code .safetensors} files. The elements stay memory-mapped until somebody looks. */
public final class SafeTensorsReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = 8;

  private final Path file;
  private final FileChannel channel;
  private final long start;

  private SafeTensorsReader(Path file, FileChannel channel, long start) {
    this.file = file;
    this.channel = channel;
    this.start = start;
  }

  /**
   * The content of {@code file}, which must not be changed in place while it is in use.
   *
   * @throws InvalidInputException if the file is missing, truncated or no such file
   */
  public static SafeTensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(length, 0);
      long header = length.hasRemaining() ? -1 : length.getLong(0);
      if (header < 2 || header > channel.size() - LENGTH_BYTES || header > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            file + ": is no .safetensors file, or is truncated: its header does not fit in it");
      }
      ByteBuffer text = ByteBuffer.allocate((int) header);
      channel.read(text, LENGTH_BYTES);
      String json = new String(text.array(), StandardCharsets.UTF_8);
      return new SafeTensorsReader(file, channel, LENGTH_BYTES + header).parse(json);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read: " + Reason.of(e), e);
    }
  }

  private SafeTensors parse(String json) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + ": is no .safetensors file: its header is no JSON", e);
    }
    Map<String, Weight> weights = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        weights.put(entry.getKey(), weight(entry.getKey(), entry.getValue()));
      }
    }
    return new SafeTensors(weights, metadata);
  }

  private Weight weight(String name, JsonNode node) throws IOException {
    String type = node.path("dtype").asText();
    Optional<ElementType> element = TypeNames.type(type);
    if (element.isEmpty()) {
      throw new InvalidInputException(
          "%s: tensor '%s': elements of type '%s' are not supported; expected one of %s"
              .formatted(file, name, type, TypeNames.names()));
    }
    long[] extents = new long[node.path("shape").size()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = node.path("shape").path(axis).asLong(-1);
    }
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    Shape shape = shape(name, extents, element.get());
    long bytes = shape.elements() * element.get().bytes();
    if (begin < 0 || end < begin || end - begin != bytes || end > channel.size() - start) {
      throw new InvalidInputException(
          "%s: tensor '%s': %s of %s takes %d bytes, but the file gives it %d to %d of %d; it may be truncated"
              .formatted(file, name, shape, type, bytes, begin, end, channel.size() - start));
    }
    ByteBuffer raw =
        bytes == 0
            ? ByteBuffer.allocate(0)
            : channel.map(FileChannel.MapMode.READ_ONLY, start + begin, bytes);
    return Weight.of(name, element.get(), shape, raw);
  }

  private Shape shape(String name, long[] extents, ElementType type) {
    try {
      Shape shape = Shape.of(extents);
      Math.multiplyExact(shape.elements(), (long) type.bytes());
      return shape;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidInputException(
          "%s: tensor '%s': has no possible shape".formatted(file, name), e);
    }
  }
}
