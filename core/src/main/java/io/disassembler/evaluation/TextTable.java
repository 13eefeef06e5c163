package io.disassembler.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lines of columns for a terminal: the first column left-aligned, the others right-aligned. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... header) {
    row(header);
  }

  /** Adds a row of as many cells as the header has; each is one line. */
  public void row(String... cells) {
    rows.add(Stream.of(cells).map(cell -> cell.replaceAll("\\s", " ")).toList());
  }

  /** The lines, each ended. */
  public String format() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(row.get(0));
      line.append(" ".repeat(widths[0] - line.length()));
      for (int column = 1; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(" ".repeat(2 + widths[column] - cell.length())).append(cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
