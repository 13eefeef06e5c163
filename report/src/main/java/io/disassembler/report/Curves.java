package io.disassembler.report;

import static j2html.TagCreator.p;

import io.disassembler.base.Numbers;
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
    List<DomContent> content = new ArrayList<>(List.of(p(explanation)));
    if (chart.lines().stream().anyMatch(line -> line.x().size() > 1)) {
      content.add(InlineImages.drawing(chart, title + ". The numbers are in the table below."));
    }
    int digits = chart.lines().stream().allMatch(Curves::isCounted) ? 0 : 3;
    List<List<String>> rows = new ArrayList<>();
    for (LineChart.Line line : chart.lines()) {
      for (int i = 0; i < line.x().size(); i++) {
        rows.add(
            List.of(
                line.name(),
                Numbers.decimals(digits, line.x().get(i)),
                Numbers.decimals(3, line.y().get(i))));
      }
    }
    content.add(Tables.of(title + " in numbers", List.of("line", chart.x(), chart.y()), rows));
    return content;
  }

  /** True of epochs, for example. */
  private static boolean isCounted(LineChart.Line line) {
    return line.x().stream().allMatch(x -> x == Math.rint(x));
  }
}
