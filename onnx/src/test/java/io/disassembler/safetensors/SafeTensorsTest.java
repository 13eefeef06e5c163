package io.disassembler.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsRead() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("b", Weight.ofFloats("b", Shape.of(2, 1, 3), 1, -2, 3, 4, 5, Float.NaN));
    weights.put("a", Weight.ofLongs("a", Shape.of(), 7));
    weights.put(
        "empty", Weight.of("empty", ElementType.BFLOAT16, Shape.of(0, 4), ByteBuffer.allocate(0)));
    SafeTensors content = new SafeTensors(weights, Map.of("format", "pt", "ü", "\"x\""));
    Path file = folder.resolve("x.safetensors");
    SafeTensorsWriter.write(content, file);
    SafeTensors read = SafeTensorsReader.read(file);
    assertThat(read).isEqualTo(content);
    assertThat(read.weights().keySet()).containsExactly("b", "a", "empty");
  }

  @Test
  void elementsLieWhereTheHeaderSays() throws IOException {
    Path file = folder.resolve("x.safetensors");
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    bytes.putFloat(9).putFloat(1.5f).putFloat(-2);
    Files.write(file, bytes.array());
    assertThat(SafeTensorsReader.read(file).weight("w").orElseThrow().floats())
        .containsExactly(1.5f, -2);
    Files.write(file, Arrays.copyOf(bytes.array(), bytes.capacity() - 1));
    assertThatThrownBy(() -> SafeTensorsReader.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tensor 'w'")
        .hasMessageContaining("truncated");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = folder.resolve("x.safetensors");
    assertThatThrownBy(() -> SafeTensorsReader.read(file)).hasMessageContaining("no such file");
    for (String text : new String[] {"", "abc", "a picture, say, of some length"}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> SafeTensorsReader.read(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no .safetensors file");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What it takes wraps around to 0 bytes, or to what the file has.
        "I64 | [2305843009213693952] | [0, 0]                      | has no possible shape",
        "F32 | [4611686018427387905] | [0, 4]                      | has no possible shape",
        "F32 | [-1]                  | [0, -4]                     | has no possible shape",
        "F32 | [1]                   | [9223372036854775804, -9223372036854775808] | may be truncated",
        "F32 | [1]                   | [4, 0]                      | may be truncated",
        "F32 | [1]                   | [8, 12]                     | may be truncated",
      })
  void whatCannotBeIsRefused(String type, String shape, String offsets, String words)
      throws IOException {
    String header =
        "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(type, shape, offsets);
    Path file = folder.resolve("x.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    Files.write(file, bytes.array());

    assertThatThrownBy(() -> SafeTensorsReader.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("x.safetensors", "'w'", words);
  }
}
