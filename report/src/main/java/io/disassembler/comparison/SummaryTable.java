package io.disassembler.comparison;

import io.disassembler.evaluation.TextTable;
import java.util.List;
import java.util.Locale;

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
        percent(row.approach().keepMacs()),
        percent(row.macs()),
        percent(row.parameters()),
        decimals(2, row.latency()),
        Integer.toString(row.sets()),
        decimals(3, row.retention()),
        decimals(3, row.lowest()),
        decimals(3, row.iou()),
        decimals(3, row.precision()),
        decimals(3, row.recall()),
        Double.isNaN(row.falsePositives())
            ? "-"
            : String.format(Locale.ROOT, "%.2f %%", 100 * row.falsePositives()));
  }

  static String decimals(int digits, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A share in percent, or a dash if it is not defined. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
