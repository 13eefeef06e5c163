package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: {@code LAYOUT:DIR[:SPLIT[:CATEGORIES]]}.
 *
 * @param text as it was written, for messages
 * @param form what the layout expects after its name
 * @param folder where the data set is
 * @param split the part of it that is meant; null if none is named
 * @param categories those that are meant; empty for all
 */
record Request(
    String text, String form, Path folder, @Nullable String split, List<String> categories) {

  /**
   * Takes what follows the layout's name apart.
   *
   * @throws InvalidInputException if it has more or fewer parts than the layout expects, or names a
   *     category twice
   */
  static Request parse(String text, Layout layout) {
    String[] parts = text.substring(layout.name().length() + 1).split(":", -1);
    int most = layout.form().split(":", -1).length;
    if (parts.length > most || Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw refused(text, layout.form());
    }
    return new Request(
        text,
        layout.form(),
        Path.of(parts[0]),
        parts.length > 1 ? parts[1] : null,
        parts.length > 2 ? categories(text, parts[2]) : List.of());
  }

  private static List<String> categories(String text, String names) {
    Set<String> categories = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      if (!categories.add(name.strip())) {
        throw new InvalidInputException(
            "%s: names the category \"%s\" twice".formatted(text, name.strip()));
      }
    }
    return List.copyOf(categories);
  }

  /** The split, for layouts that need one. */
  String requiredSplit() {
    if (split == null) {
      throw refused(text, form);
    }
    return split;
  }

  private static InvalidInputException refused(String text, String form) {
    return new InvalidInputException(
        "%s: expected %s:%s".formatted(text, text.substring(0, text.indexOf(':')), form));
  }
}
