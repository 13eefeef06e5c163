package io.disassembler.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.NetworkPrediction;
import io.disassembler.figures.LineChart;
import io.disassembler.similarity.MadeUpProfile;
import io.disassembler.testing.ReportPage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String EVIL = "<script>alert('&amp;')</script> \"quoted\" & more";

  @Test
  void everythingThatIsWrittenIsEscaped(@TempDir Path folder) throws Exception {
    List<Section> sections =
        List.of(
            new Facts(EVIL, Map.of(EVIL, EVIL)),
            new Note(EVIL, List.of(EVIL)),
            new Code(EVIL, EVIL),
            new Curves(
                EVIL,
                EVIL,
                new LineChart(
                    EVIL,
                    EVIL,
                    EVIL,
                    List.of(new LineChart.Line(EVIL, List.of(0.5, 1.0), List.of(0.2, 0.3))))),
            new Examples(EVIL, EVIL, EVIL, List.of(prediction(folder, EVIL, EVIL))),
            new Similarities(new MadeUpProfile(11, 4, 1, 1).profile()));

    ReportPage page = ReportPage.of(new Report(EVIL, EVIL, sections).toHtml());

    page.requireSelfContained();
    assertThat(page.elements("meta"))
        .extracting(meta -> meta.getAttribute("content"))
        .anyMatch(content -> content.startsWith("default-src 'none';"));
    assertThat(page.elements("h1").get(0).getTextContent()).isEqualTo(EVIL);
    assertThat(page.sections()).containsOnly(EVIL, sections.get(5).title());
    assertThat(page.elements("td").get(0).getTextContent()).isEqualTo(EVIL);
    assertThat(page.elements("code").get(0).getTextContent()).isEqualTo(EVIL);
    assertThat(page.elements("figcaption")).extracting(e -> e.getTextContent()).contains(EVIL);
    assertThat(page.elements("h3").get(0).getTextContent()).isEqualTo(EVIL);
  }

  /** Two images of each category are too few to compare, none are too few to draw. */
  @Test
  void similaritiesOfTooFewImagesAreLeftOutInWords() throws Exception {
    for (double shown : new double[] {1, 0}) {
      Similarities similarities = new Similarities(new MadeUpProfile(3, 2, shown, 1).profile());
      ReportPage page = ReportPage.of(new Report("title", "lead", List.of(similarities)).toHtml());
      assertThat(page.text()).contains("No category is shown by 3 images or more");
      assertThat(page.elements("img")).hasSize((int) shown);
    }
  }

  @Test
  void aReportReplacesItsFileWhole(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");

    new Report("title", "lead", List.of(new Note("note", List.of("text")))).write(file);

    ReportPage.of(Files.readString(file)).requireSelfContained();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void examplesShowImageMasksAndDifference(@TempDir Path folder) throws Exception {
    Examples examples =
        new Examples(
            "Example images",
            "full network",
            "sub-network",
            List.of(prediction(folder, "first", "car"), prediction(folder, "second", "car")));

    ReportPage page = ReportPage.of(new Report("title", "lead", List.of(examples)).toHtml());

    assertThat(page.elements("h3"))
        .extracting(e -> e.getTextContent())
        .containsExactly("first", "second");
    assertThat(page.elements("figcaption"))
        .extracting(e -> e.getTextContent())
        .containsSubsequence("image", "mask", "full network", "sub-network", "difference");
    assertThat(page.losses()).containsExactly(0.5, 0.5);
    assertThat(page.text()).contains("IoU car 1.00 → 0.50", "25.0 % of the pixels differ");
  }

  private static NetworkPrediction prediction(Path folder, String name, String category)
      throws IOException {
    Path image = Files.createTempFile(folder, "image", ".png");
    ImageIO.write(new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    return new NetworkPrediction(
        new Sample(name, image, null),
        new Size(2, 2),
        CategoryMapping.of(List.of("sky", category), List.of(1)),
        new int[] {0, 0, 1, 1},
        new int[] {0, 0, 1, 1},
        new int[] {0, 0, 0, 1},
        List.of(
            new ComparedCategory(
                category, new CategoryCounts(2, 0, 0, 0, 0), new CategoryCounts(1, 0, 1, 0, 0))),
        NetworkCard.unnamed(2));
  }
}
