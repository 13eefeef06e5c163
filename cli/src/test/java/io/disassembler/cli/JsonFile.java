package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What commands wrote with {@code --json}; it has the form that docs/schema says. */
public final class JsonFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Path SCHEMAS =
      Path.of(System.getProperty("disassembler.root", "..")).resolve("docs/schema");
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          factory ->
              factory.schemaMappers(
                  mappers ->
                      mappers.mapPrefix(
                          "https://disassembler.invalid/schema/", SCHEMAS.toUri().toString())));

  private JsonFile() {}

  public static JsonNode read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** What {@code text} holds, once its command's schema found nothing wrong with it. */
  static JsonNode parse(String text) throws IOException {
    JsonNode result = MAPPER.readTree(text);
    if (result.has("provenance")) {
      String command = result.at("/provenance/command").asText().split(" ", -1)[1];
      requireSchema(
          command.equals("train") || command.equals("finetune") ? "training" : command, text);
    }
    return result;
  }

  /** Fails unless {@code text} is what the schema {@code name} says. */
  static void requireSchema(String name, String text) {
    assertThat(
            FACTORY
                .getSchema(
                    SchemaLocation.of("https://disassembler.invalid/schema/" + name + ".json"))
                .validate(text, InputFormat.JSON))
        .as(name)
        .isEmpty();
  }
}
