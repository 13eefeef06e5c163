package io.disassembler.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/** What commands wrote with {@code --json}. */
public final class JsonFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonFile() {}

  public static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }
}
