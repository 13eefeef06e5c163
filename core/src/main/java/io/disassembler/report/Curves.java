package io.disassembler.report;

import static j2html.TagCreator.p;

import io.disassembler.figures.LineChart;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines with the numbers that they go through, such as retention against the budget.
 *
 * @param title the section's
 * @param explanation what is drawn
 */
public record Curves(String title, String explanation, LineChart chart) implements Section {

  @Override
  public List<DomContent> content() {
    List<List<String>> rows = new ArrayList<>();
    for (LineChart.Line line : chart.lines()) {
      for (int i = 0; i < line.x().size(); i++) {
        rows.add(
            List.of(
                line.name(),
                Tables.decimals(3, line.x().get(i)),
                Tables.decimals(3, line.y().get(i))));
      }
    }
    return List.of(
        p(explanation),
        Pictures.drawing(chart, title + ". The numbers are in the table below."),
        Tables.of(title + " in numbers", List.of("line", chart.x(), chart.y()), rows));
  }
}
