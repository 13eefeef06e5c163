package io.disassembler.report;

import static j2html.TagCreator.p;

import io.disassembler.base.Numbers;
import io.disassembler.search.BudgetSearch;
import j2html.tags.DomContent;
import java.util.List;

/**
 * What was cut and measured in search of a size.
 *
 * @param tried in the order in which it was
 */
public record Trials(List<BudgetSearch.Candidate> tried) implements Section {

  public Trials {
    tried = List.copyOf(tried);
  }

  @Override
  public String title() {
    return "Retention against budget: what was tried";
  }

  @Override
  public List<DomContent> content() {
    return List.of(
        p("Sub-networks that were cut and measured, in this order, until the size was found."),
        Tables.of(
            "Candidates",
            List.of("share of the MACs asked for", "measures up", "measured"),
            tried.stream()
                .map(
                    candidate ->
                        List.of(
                            Numbers.percent(candidate.share()),
                            candidate.finding().met() ? "yes" : "no",
                            candidate.finding().text()))
                .toList()));
  }
}
