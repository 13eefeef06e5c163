package io.disassembler.figures;

import java.util.List;
import java.util.Locale;

/** File names from distinct names that may hold anything. */
final class FileNames {
  private FileNames() {}

  /**
   * Letters and digits of one of {@code names}; whatever else becomes a dash. Where that makes
   * several alike, their places tell them apart.
   */
  static String of(List<String> names, int place) {
    String safe = safe(names.get(place));
    boolean alone = names.stream().filter(name -> safe(name).equals(safe)).count() == 1;
    return alone ? safe : safe + "." + place;
  }

  private static String safe(String name) {
    String safe =
        name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return safe.isEmpty() ? "category" : safe;
  }
}
