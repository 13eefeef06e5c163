package io.disassembler.check;

import io.disassembler.base.Json;
import io.disassembler.base.Numbers;
import io.disassembler.base.Stable;
import io.disassembler.evaluation.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A check as people and as programs read it. */
@Stable
public final class CheckReport {
  private CheckReport() {}

  /** One row for each comparison, the sum of them last, then what failed. */
  public static String table(CheckResult result) {
    TextTable table =
        new TextTable(
            "check", "parity", "largest relative error", "same category", "MACs", "seconds");
    for (ParityCheck parity : result.parities()) {
      table.row(
          "run on " + parity.input(),
          verdict(parity.holds()),
          error(parity.difference().relative()),
          agreement(parity.difference()),
          "",
          Numbers.decimals(1, parity.seconds()));
    }
    for (CutCheck cut : result.cuts()) {
      table.row(
          "cut " + cut.number(),
          verdict(cut.holds()),
          error(Math.max(cut.masked().relative(), cut.runtime().relative())),
          agreement(cut.runtime()),
          Numbers.percent(cut.keptMacs()) + " kept",
          Numbers.decimals(1, cut.seconds()));
    }
    table.row(
        "all",
        verdict(result.holds()),
        error(result.largestError()),
        "",
        Numbers.percent(result.inspection().cuttableShare()) + " can be cut",
        Numbers.decimals(1, result.seconds()));
    StringBuilder text = new StringBuilder(table.format());
    result
        .skipped()
        .forEach(
            run -> text.append("not compared on %s: %s%n".formatted(run.input(), run.reason())));
    all(result)
        .map(Difference::note)
        .filter(note -> !note.isEmpty())
        .distinct()
        .forEach(note -> text.append(note).append('\n'));
    failures(result).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Everything in {@code result}; an error that is infinite is null. */
  public static String json(CheckResult result) {
    return Json.pretty(CheckJson.of(result));
  }

  private static List<String> failures(CheckResult result) {
    return all(result)
        .map(Difference::failure)
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .toList();
  }

  private static Stream<Difference> all(CheckResult result) {
    return Stream.concat(
        result.parities().stream().map(ParityCheck::difference),
        result.cuts().stream().flatMap(cut -> Stream.of(cut.masked(), cut.runtime())));
  }

  private static String verdict(boolean holds) {
    return holds ? "yes" : "NO";
  }

  private static String error(double relative) {
    return Double.isFinite(relative) ? String.format(Locale.ROOT, "%.1e", relative) : "-";
  }

  private static String agreement(Difference difference) {
    return difference
        .agreement()
        .map(agreement -> Numbers.percent(3, agreement.share()))
        .orElse("");
  }
}
