package io.disassembler.comparison;

import io.disassembler.base.Json;
import io.disassembler.base.Replacement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found, and how to find it again.
 *
 * @param model name of the full network
 * @param images number of images, and what predictions were compared with
 * @param profiles what each profile was made of, by name
 * @param command the command that made this
 * @param version of Disassembler
 */
public record ComparisonReport(
    String model,
    String images,
    Map<String, String> profiles,
    String command,
    String version,
    LocalDate date,
    Machine machine,
    List<CellResult> results) {

  public ComparisonReport {
    profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    results = List.copyOf(results);
  }

  /** Means over category sets, one row for each approach. */
  public List<SummaryRow> summary() {
    return SummaryRow.of(results);
  }

  /** The summary as a table for a terminal. */
  public String toTable() {
    return SummaryTable.text(summary());
  }

  /** The JSON form, that of {@code results.json}. */
  public String toJson() {
    return Json.pretty(ResultsJson.of(this));
  }

  /**
   * Writes {@code results.csv}, {@code results.json}, {@code results.md} and the plots.
   *
   * @throws io.disassembler.base.InvalidInputException if a file cannot be written
   */
  public void write(Path folder) {
    List<String> plots = Plots.write(summary(), folder);
    Replacement.write(folder.resolve("results.csv"), ResultsCsv.format(results));
    Replacement.write(folder.resolve("results.json"), toJson());
    Replacement.write(folder.resolve("results.md"), ResultsMarkdown.format(this, plots));
  }
}
