package io.disassembler.figures;

import io.disassembler.base.Csv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What figures draw, as tables of text. */
final class Tables {
  private Tables() {}

  /**
   * A row for each of {@code rows}, named in its first field, and a field for each of {@code
   * columns}.
   *
   * @param corner what the rows are
   * @param values row by row; NaN where there is no number
   */
  static List<List<String>> of(
      String corner, List<String> rows, List<String> columns, double[][] values) {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(corner));
    head.addAll(columns);
    table.add(head);
    for (int row = 0; row < values.length; row++) {
      List<String> fields = new ArrayList<>(List.of(rows.get(row)));
      Arrays.stream(values[row]).mapToObj(Csv::number).forEach(fields::add);
      table.add(fields);
    }
    return table;
  }
}
