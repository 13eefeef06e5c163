package io.disassembler.report;

import static j2html.TagCreator.p;

import io.disassembler.base.Numbers;
import io.disassembler.comparison.Approach;
import io.disassembler.comparison.CellResult;
import io.disassembler.comparison.CellResult.Measured;
import io.disassembler.comparison.ComparisonReport;
import io.disassembler.comparison.SummaryRow;
import io.disassembler.comparison.SummaryTable;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a comparison found, in tables. */
public final class ApproachTables {
  private ApproachTables() {}

  /** Means over the category sets, one row for each approach. */
  public record Summary(ComparisonReport comparison) implements Section {
    @Override
    public String title() {
      return "What came out";
    }

    @Override
    public List<DomContent> content() {
      return List.of(
          p(
              "Means over the category sets. Retention is a category's IoU as a share of the full network's; lowest is that of the worst category whose IoU by the full network is above %s; false positives are the share of the area predicted as a category on images that lack it."
                  .formatted(SummaryRow.LEARNED)),
          Tables.of(
              "Approaches",
              SummaryTable.HEADER,
              comparison.summary().stream().map(SummaryTable::cells).toList()));
    }
  }

  /** Retention of each category set, one row for each approach. */
  public record Sets(ComparisonReport comparison) implements Section {
    @Override
    public String title() {
      return "Retention of each category set";
    }

    @Override
    public List<DomContent> content() {
      Map<Approach, List<String>> rows = new LinkedHashMap<>();
      for (CellResult result : comparison.results()) {
        Measured measured = result.measured();
        rows.computeIfAbsent(result.approach(), Sets::start)
            .add(Numbers.decimals(3, measured == null ? Double.NaN : measured.retention()));
      }
      List<String> header =
          new ArrayList<>(List.of("criterion", "profile", "recovery", "finetuning", "asked"));
      comparison.results().stream().map(CellResult::set).distinct().forEach(header::add);
      return List.of(Tables.of("Retention by set", header, List.copyOf(rows.values())));
    }

    private static List<String> start(Approach approach) {
      return new ArrayList<>(
          List.of(
              approach.criterion(),
              approach.profile(),
              approach.recovery(),
              approach.finetuning(),
              Numbers.percent(approach.keepMacs())));
    }
  }

  /** Every category of every set by one approach. */
  public record PerCategory(ComparisonReport comparison, Approach approach) implements Section {
    @Override
    public String title() {
      return "Categories, by what keeps most at the smallest budget";
    }

    @Override
    public List<DomContent> content() {
      List<List<String>> rows = new ArrayList<>();
      for (CellResult result : comparison.results()) {
        Measured measured = result.measured();
        if (result.approach().equals(approach) && measured != null) {
          measured
              .categories()
              .forEach(
                  category ->
                      rows.add(
                          List.of(
                              category.name(),
                              result.set(),
                              Numbers.decimals(3, category.reference().iou()),
                              Numbers.decimals(3, category.counts().iou()),
                              Numbers.decimals(3, category.retention()))));
        }
      }
      return List.of(
          Tables.of(
              "%s, recovery %s, %s of the MACs asked for"
                  .formatted(
                      approach.criterion(),
                      approach.recovery(),
                      Numbers.percent(approach.keepMacs())),
              List.of("category", "category set", "IoU full", "IoU", "retention"),
              rows));
    }
  }
}
