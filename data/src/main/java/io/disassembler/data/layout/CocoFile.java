package io.disassembler.data.layout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A JSON file of COCO's form: an object of long arrays. It is read element by element, because
 * those of COCO itself take gigabytes when they are read at once.
 */
record CocoFile(Path file) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads some of the arrays.
   *
   * @param arrays what is done with each element, by the array's key
   * @throws InvalidInputException if the file is no such JSON or lacks one of the arrays
   */
  void read(Map<String, Consumer<JsonNode>> arrays) {
    int found = 0;
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidInputException(file + ": expected a JSON object, as COCO has it");
      }
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        Consumer<JsonNode> consumer = arrays.get(key);
        if (consumer == null || value != JsonToken.START_ARRAY) {
          parser.skipChildren();
          continue;
        }
        found++;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          consumer.accept(parser.readValueAsTree());
        }
      }
    } catch (JsonProcessingException e) {
      String problem = e.getOriginalMessage().lines().findFirst().orElse("an error");
      throw new InvalidInputException(file + ": no JSON: " + problem, e);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    if (found < arrays.size()) {
      throw new InvalidInputException(
          "%s: expected the arrays %s, as COCO has them"
              .formatted(file, String.join(", ", new TreeSet<>(arrays.keySet()))));
    }
  }

  /** Puts a value by an element's id, which no other element may have. */
  <T> void putOnce(Map<CocoId, T> values, JsonNode element, String key, T value) {
    CocoId id = CocoId.of(this, element, key);
    if (values.putIfAbsent(id, value) != null) {
      throw refused(element, "has %s %s, as one before it has".formatted(key, id));
    }
  }

  /** A number or text that an element must have. */
  JsonNode required(JsonNode element, String key) {
    JsonNode value = element.get(key);
    if (value == null || value.isNull()) {
      throw refused(element, "has no " + key);
    }
    return value;
  }

  /** What is wrong with an element. */
  InvalidInputException refused(JsonNode element, String problem) {
    String id = element.path("id").asText("without id");
    return new InvalidInputException("%s: element %s %s".formatted(file, id, problem));
  }
}
