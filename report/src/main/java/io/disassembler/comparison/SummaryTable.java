package io.disassembler.comparison;

import io.disassembler.base.Numbers;
import io.disassembler.evaluation.TextTable;
import java.util.List;

/** The columns of a summary, as text. */
public final class SummaryTable {
  /** What the columns are called. */
  public static final List<String> HEADER =
      List.of(
          "criterion",
          "profile",
          "recovery",
          "finetuning",
          "asked",
          "MACs",
          "parameters",
          "latency",
          "sets",
          "retention",
          "lowest",
          "IoU",
          "precision",
          "recall",
          "false positives");

  private SummaryTable() {}

  static String text(List<SummaryRow> rows) {
    TextTable table = new TextTable(HEADER.toArray(String[]::new));
    rows.forEach(row -> table.row(cells(row).toArray(String[]::new)));
    return table.format();
  }

  /** One row, as text. */
  public static List<String> cells(SummaryRow row) {
    return List.of(
        row.approach().criterion(),
        row.approach().profile(),
        row.approach().recovery(),
        row.approach().finetuning(),
        Numbers.percent(row.approach().keepMacs()),
        Numbers.percent(row.macs()),
        Numbers.percent(row.parameters()),
        Numbers.decimals(2, row.latency()),
        Integer.toString(row.sets()),
        Numbers.decimals(3, row.retention()),
        Numbers.decimals(3, row.lowest()),
        Numbers.decimals(3, row.iou()),
        Numbers.decimals(3, row.precision()),
        Numbers.decimals(3, row.recall()),
        Numbers.percent(2, row.falsePositives()));
  }
}
