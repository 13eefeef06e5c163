package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.InvalidInputException;
import io.disassembler.data.Legend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which mask values the categories of a COCO file become.
 *
 * @param legend what the mask values mean
 * @param values mask value by category id; ids that are not in it have none of their own
 */
record CocoCategories(Legend legend, Map<Integer, Integer> values) {
  /** Mask value of pixels that count nowhere. */
  static final int VOID = 255;

  /** Mask value of pixels that show none of the chosen categories. */
  static final int BACKGROUND = 0;

  private static final String BACKGROUND_NAME = "background";

  CocoCategories {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Background first, then the chosen categories in their order, or all in that of their ids. */
  static CocoCategories afterBackground(
      CocoFile file, List<JsonNode> categories, List<String> chosen) {
    Map<String, Integer> ids = ids(file, categories);
    List<String> names = new ArrayList<>(List.of(BACKGROUND_NAME));
    names.addAll(chosen.isEmpty() ? ids.keySet() : chosen);
    return numbered(file, ids, names);
  }

  /** All categories in the order of their ids. */
  static CocoCategories all(CocoFile file, List<JsonNode> categories) {
    Map<String, Integer> ids = ids(file, categories);
    return numbered(file, ids, List.copyOf(ids.keySet()));
  }

  private static CocoCategories numbered(
      CocoFile file, Map<String, Integer> ids, List<String> names) {
    if (names.size() > VOID) {
      throw new InvalidInputException(
          "%s: has %d categories, at most %d can be used at a time; name those that you need"
              .formatted(file.file(), names.size(), VOID - 1));
    }
    Map<Integer, Integer> values = new LinkedHashMap<>();
    for (int value = 0; value < names.size(); value++) {
      String name = names.get(value);
      Integer id = ids.get(name);
      if (id != null) {
        values.put(id, value);
      } else if (!name.equals(BACKGROUND_NAME)) {
        throw new InvalidInputException(
            "%s: has no category \"%s\"; it has %s"
                .formatted(file.file(), name, String.join(", ", ids.keySet())));
      }
    }
    return new CocoCategories(new Legend(names, List.of(VOID)), values);
  }

  private static Map<String, Integer> ids(CocoFile file, List<JsonNode> categories) {
    List<JsonNode> sorted = new ArrayList<>(categories);
    sorted.sort(
        (a, b) -> Integer.compare(file.required(a, "id").asInt(), file.required(b, "id").asInt()));
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (JsonNode category : sorted) {
      ids.put(file.required(category, "name").asText(), category.get("id").asInt());
    }
    return ids;
  }
}
