package io.disassembler.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.NetworkCard;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Criterion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {
  private static final Approach POOR = new Approach("train", "l1", "ridge", 0.5);
  private static final Approach GOOD = new Approach("train", "taylor", "ridge", 0.5);
  private static final Approach NONE = new Approach("train", "bn_scale", "ridge", 0.5);
  private static final List<CellResult> RESULTS =
      List.of(
          Cells.cell("car", Approach.UNTOUCHED, 80),
          Cells.cell("sky", Approach.UNTOUCHED, 80),
          Cells.refused("car", NONE),
          Cells.refused("sky", NONE),
          Cells.cell("car", POOR, 20),
          Cells.cell("sky", POOR, 40),
          Cells.cell("car", GOOD, 60),
          Cells.cell("sky", GOOD, 80));

  private static ComparisonReport report() {
    return new ComparisonReport(
        "model.onnx",
        "4 images",
        Map.of("train", "3 images, with masks"),
        "disassembler compare model.onnx",
        "0.1",
        LocalDate.of(2026, 1, 2),
        new Machine("a processor", 2, "Linux", "17"),
        RESULTS);
  }

  @Test
  void summariesAreMeansOverSetsTheBestFirst() {
    List<SummaryRow> rows = report().summary();

    assertThat(rows)
        .extracting(SummaryRow::approach)
        .containsExactly(Approach.UNTOUCHED, GOOD, POOR, NONE);
    SummaryRow good = rows.get(1);
    assertThat(good.sets()).isEqualTo(2);
    assertThat(good.retention()).isCloseTo((0.75 + 1) / 2, within(1e-12));
    assertThat(good.lowest()).isCloseTo(0.75, within(1e-12));
    assertThat(good.recall()).isCloseTo(0.7, within(1e-12));
    assertThat(good.macs()).isEqualTo(0.25);
    assertThat(good.parameters()).isEqualTo(0.2);
    assertThat(good.latency()).isNaN();
    assertThat(good.falsePositives()).isEqualTo(0.2);
    assertThat(rows.get(3).sets()).isZero();
    assertThat(rows.get(3).retention()).isNaN();
    assertThat(rows.get(3).refusal()).contains("cannot");
  }

  @Test
  void writesTablesAndPlots(@TempDir Path folder) throws IOException {
    report().write(folder);

    assertThat(Files.readAllLines(folder.resolve("results.csv")))
        .hasSize(1 + RESULTS.size())
        .anyMatch(line -> line.startsWith("car,train,taylor,ridge,0.5,none,250,0.25,20,0.2,,0.7"))
        .anyMatch(line -> line.endsWith(",\"cannot, \"\"really\"\"\""));
    assertThat(Files.readString(folder.resolve("results.json")))
        .contains("\"criterion\" : \"taylor\"", "\"date\" : \"2026-01-02\"", "a processor");
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("Profile train: 3 images, with masks.")
        .contains("disassembler compare model.onnx", "2026-01-02", "a processor (2 cores")
        .contains(
            "| taylor | train | ridge | none | 50.0 % | 25.0 % | 20.0 % | - | 2 | 0.875 | 0.750 |")
        .contains("| taylor | train | ridge | none | 50.0 % | 0.750 | 1.000 |")
        .contains("![retention-macs-ridge.png](retention-macs-ridge.png)");
    assertThat(ImageIO.read(folder.resolve("retention-macs-ridge.png").toFile()).getWidth())
        .isGreaterThan(500);
    assertThat(folder.resolve("retention-latency-ridge.png")).doesNotExist();
    assertThat(folder.resolve("retention-macs-ridge.svg"))
        .content()
        .contains("<svg", "Retention, recovery: ridge");
    assertThat(folder.resolve("retention-macs-ridge.csv"))
        .content()
        .contains("taylor,0.25,0.875,0.05");
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  @Test
  void namesAreTextInEveryTable(@TempDir Path folder) throws IOException {
    CellResult result =
        new CellResult(
            "",
            "=cmd|'/c calc'!A1",
            new Approach("@x", "<b>l1</b>|", "-1+2", 0.5, "_"),
            "+1",
            null);
    new ComparisonReport(
            "model.onnx",
            "3 images",
            Map.of("<img src=x>", "made"),
            "disassembler compare",
            "0.1",
            LocalDate.of(2026, 1, 2),
            new Machine("a processor", 2, "Linux", "17"),
            List.of(RESULTS.get(0), result))
        .write(folder);

    assertThat(Files.readAllLines(folder.resolve("results.csv")))
        .anyMatch(line -> line.startsWith("'=cmd|'/c calc'!A1,'@x,<b>l1</b>|,'-1+2,0.5,_,"))
        .anyMatch(line -> line.endsWith(",'+1"));
    assertThat(folder.resolve("results.md"))
        .content()
        .contains("Profile &lt;img src=x>: made.", "| &lt;b>l1&lt;/b>\\| | @x | -1+2 | \\_ |")
        .doesNotContain("<b>", "<img");
  }

  @Test
  void categorySetsAreParsed() {
    NetworkCard card = NetworkCard.unnamed(3);

    assertThat(CategorySet.parse("2;0, 1", card))
        .containsExactly(new CategorySet("2", List.of(2)), new CategorySet("0,1", List.of(0, 1)));
    assertThat(CategorySet.each(card)).extracting(CategorySet::name).containsExactly("0", "1", "2");
    assertThatThrownBy(() -> CategorySet.parse("1;2;1", card))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1;2;1");
  }

  @Test
  void gridsAreCompleteAndRefuseWhatIsNamedTwice() {
    List<CategorySet> sets = CategorySet.each(NetworkCard.unnamed(2));
    Grid grid =
        new Grid(
            List.of("train", "unlabelled"),
            sets,
            List.of(Criterion.L1, Criterion.TAYLOR),
            List.of(RecoveryMethod.NONE, RecoveryMethod.RIDGE),
            List.of(0.5, 0.25),
            List.of("masks, 1 epoch"));

    List<Grid.Cell> cells = grid.cells();
    assertThat(cells).hasSize(2 * (2 + 2 * 2 * 2 * 2 * 2)).doesNotHaveDuplicates();
    for (int i = 5; i < cells.size(); i += 2) {
      assertThat(cells.get(i).set()).isEqualTo(cells.get(i - 1).set());
      assertThat(cells.get(i).approach())
          .isEqualTo(cells.get(i - 1).approach().finetuned("masks, 1 epoch"));
    }
    assertThatThrownBy(
            () ->
                new Grid(
                    List.of("train"),
                    sets,
                    List.of(Criterion.L1, Criterion.L1),
                    List.of(RecoveryMethod.NONE),
                    List.of(0.5),
                    List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("criteria");
    assertThatThrownBy(
            () ->
                new Grid(
                    List.of("train"),
                    sets,
                    List.of(Criterion.L1),
                    List.of(RecoveryMethod.NONE),
                    List.of(1.5),
                    List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1.5");
  }
}
