package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Legend;
import io.disassembler.data.Numbering;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which mask values the categories of a COCO file become.
 *
 * @param legend what the mask values mean
 * @param values mask value by category id; categories that were not chosen have none of their own
 */
record CocoCategories(Legend legend, Map<CocoId, Integer> values) {
  /** Mask value of pixels that count nowhere. */
  static final int VOID = 255;

  /** Mask value of pixels that show none of the chosen categories. */
  static final int BACKGROUND = 0;

  private static final String BACKGROUND_NAME = "background";
  private static final Pattern BACKGROUND_FORMS =
      Pattern.compile("_*background_*", Pattern.CASE_INSENSITIVE);

  // Far more than any network has; beyond that ids are no numbers of outputs.
  private static final int MOST_NUMBERS = 4096;

  CocoCategories {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Background first, then the chosen categories in their order, or all in that of their ids. */
  static CocoCategories afterBackground(CocoHead head, List<String> chosen) {
    Map<String, CocoId> ids = ids(head);
    Set<String> names = new LinkedHashSet<>(List.of(BACKGROUND_NAME));
    names.addAll(chosen.isEmpty() ? ids.keySet() : chosen);
    return numbered(head.file(), ids, List.copyOf(names));
  }

  /** All categories in the order of their ids. */
  static CocoCategories all(CocoHead head) {
    Map<String, CocoId> ids = ids(head);
    return numbered(head.file(), ids, List.copyOf(ids.keySet()));
  }

  private static CocoCategories numbered(
      CocoFile file, Map<String, CocoId> ids, List<String> names) {
    if (names.size() > VOID) {
      throw new InvalidInputException(
          "%s: has %d categories, at most %d can be used at a time; name those that you need"
              .formatted(file.file(), names.size(), VOID - 1));
    }
    Map<CocoId, Integer> values = new LinkedHashMap<>();
    for (int value = 0; value < names.size(); value++) {
      String name = names.get(value);
      CocoId id = ids.get(name);
      if (id != null) {
        values.put(id, value);
      } else if (!name.equals(BACKGROUND_NAME)) {
        throw new InvalidInputException(
            "%s: has no category \"%s\"; it has %s"
                .formatted(file.file(), name, String.join(", ", ids.keySet())));
      }
    }
    return new CocoCategories(new Legend(names, List.of(VOID), numbering(ids, names)), values);
  }

  /** The file's own numbers; null if they cannot be those of outputs. */
  private static @Nullable Numbering numbering(Map<String, CocoId> ids, List<String> names) {
    String[] byNumber = new String[MOST_NUMBERS];
    Arrays.fill(byNumber, "");
    byNumber[0] = BACKGROUND_NAME;
    int largest = 0;
    for (Map.Entry<String, CocoId> category : ids.entrySet()) {
      BigInteger id = category.getValue().number();
      if (id == null || id.signum() < 0 || id.bitLength() > Integer.SIZE - 2) {
        return null;
      }
      int number = id.intValue();
      if (number >= MOST_NUMBERS || (number == 0) != category.getKey().equals(BACKGROUND_NAME)) {
        return null;
      }
      byNumber[number] = category.getKey();
      largest = Math.max(largest, number);
    }
    List<String> byId = Arrays.asList(byNumber).subList(0, largest + 1);
    return names.contains(BACKGROUND_NAME)
        ? new Numbering(byId, names.stream().map(byId::indexOf).toList())
        : null;
  }

  private static Map<String, CocoId> ids(CocoHead head) {
    Map<String, CocoId> ids = new LinkedHashMap<>();
    head.categories()
        .forEach(
            (id, category) -> {
              String given = head.file().required(category, "name").asText();
              String name = BACKGROUND_FORMS.matcher(given).matches() ? BACKGROUND_NAME : given;
              if (name.isBlank()) {
                throw head.file().refused(category, "has an empty name");
              }
              CocoId other = ids.putIfAbsent(name, id);
              if (other != null) {
                throw head.file()
                    .refused(category, "is called \"%s\", as %s is".formatted(name, other));
              }
            });
    return ids;
  }
}
