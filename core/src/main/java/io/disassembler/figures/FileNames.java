package io.disassembler.figures;

import java.util.Locale;

/** File names from names that may hold anything. */
final class FileNames {
  private FileNames() {}

  /** Letters, digits, dots and dashes of {@code name}; whatever else becomes a dash. */
  static String safe(String name) {
    String safe =
        name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return safe.isEmpty() ? "category" : safe;
  }
}
