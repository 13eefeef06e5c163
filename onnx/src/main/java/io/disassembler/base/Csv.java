package io.disassembler.base;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables as text, fields separated by commas (RFC 4180). */
public final class Csv {
  /** Spreadsheets take what begins with these for a formula, and compute it. */
  private static final Pattern FORMULA = Pattern.compile("[=+@\t\r-](?s:.*)");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(E-?[0-9]+)?");

  private Csv() {}

  /** One line for each of {@code lines}, each ended. */
  public static String format(List<List<String>> lines) {
    return lines.stream()
        .map(fields -> fields.stream().map(Csv::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A number in full; nothing where it is not defined. */
  public static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String quoted(String text) {
    boolean formula = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
    String field = formula ? "'" + text : text;
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
