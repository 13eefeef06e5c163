package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.Sha256;
import io.disassembler.data.Sample;
import io.disassembler.explorer.Http.Answer;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.CutRequest;
import io.disassembler.explorer.work.Cuts;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Task;
import io.disassembler.selection.Budget;
import io.disassembler.testing.ReportPage;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReportTest {
  private static final String CAR =
      "{\"session\":\"r\",\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":40}";

  @Test
  void itSaysWhatTheExplorerMeasuredWorstImagesFirst() throws Exception {
    try (Explorer explorer = Explorers.start()) {
      Http http = http(explorer);
      JsonNode cut = http.finished("cuts", CAR);
      Answer answer = http.get("/api/cuts/" + cut.path("id").asText() + "/report.html");

      assertThat(answer.header("Content-Disposition"))
          .isEqualTo("attachment; filename=\"street-car-40.report.html\"");
      assertThat(answer.header("Content-Type")).startsWith("text/html");
      ReportPage page = ReportPage.of(answer.text());
      page.requireSelfContained();
      assertThat(page.sections())
          .containsSubsequence(
              "What was asked",
              "Size and cost",
              "Categories",
              "Layers",
              "Example images",
              "What was checked before the file was written",
              "Settings and hashes to make it again");
      assertThat(page.losses()).hasSize(4).isSortedAccordingTo(Comparator.reverseOrder());
      JsonNode result = cut.path("result");
      assertThat(page.text())
          .contains("4 images at 48 x 64", "compared with masks", "4 of the explorer's 14 images")
          .contains("all of them profiled, which flatters")
          .contains(String.format(Locale.ROOT, "%,d", result.path("macs").asLong()))
          .contains(
              String.format(
                  Locale.ROOT,
                  "%.3f",
                  result.path("quality").path("categories").path(0).path("retention").asDouble()))
          .contains(
              String.format(
                  Locale.ROOT,
                  "%.1f ms",
                  result.path("latency").path("part").path("ms").asDouble()));
      byte[] network = http.get("/api/cuts/" + cut.path("id").asText() + "/network.onnx").body();
      assertThat(page.text())
          .contains(Sha256.of(network), "make street-car-40 again from street.onnx");
      assertThat(answer.text())
          .as("nothing of where files lie")
          .doesNotContain(String.valueOf(Explorers.street().file().getParent()), "/tmp/");
    }
  }

  @Test
  void withoutMasksItSaysHowFarBothNetworksAgree() throws Exception {
    Subject street = Explorers.street();
    Subject unlabelled =
        new Subject(
            street.extraction(),
            street.input(),
            street.reference(),
            street.evaluation(),
            street.samples().stream()
                .map(sample -> new Sample("new " + sample.name(), sample.image(), null))
                .toList());
    try (Explorer explorer =
        Explorer.start(
            unlabelled,
            new ExplorerSettings("localhost", 0, 2, 2, Explorers.LIMITS, null),
            (done, total) -> {})) {
      Http http = http(explorer);
      String id = http.finished("cuts", CAR).path("id").asText();

      ReportPage page = ReportPage.of(http.get("/api/cuts/" + id + "/report.html").text());

      assertThat(page.text()).contains("IoU is agreement with it", "none of them profiled");
      assertThat(page.sections())
          .contains("The plan, from which it is made again")
          .doesNotContain("The command");
      assertThat(page.elements("figcaption"))
          .extracting(Element::getTextContent)
          .contains("image", "full network", "sub-network", "difference")
          .doesNotContain("mask");
    }
  }

  @Test
  void thereIsNoneBeforeEverythingIsMeasured() {
    try (Explorer explorer = Explorers.start()) {
      Http http = http(explorer);
      Cuts cuts = explorer.work().cuts();
      CutRequest request = new CutRequest(List.of(3), Budget.Measure.MACS, 40);
      String report = "/api/cuts/" + cuts.id(request) + "/report.html";
      // Nothing is measured while the only measuring instrument is taken.
      synchronized (explorer.work().judge()) {
        Task<Cut> task = cuts.start("r", request);
        Task.Progress<Cut> progress = task.progress();
        while (progress.result() == null || progress.result().file() == null) {
          progress = task.after(progress.version()).join();
        }

        Answer answer = http.get(report);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).contains("not measured yet");
      }
      http.finished("cuts", CAR);
      assertThat(http.get(report).status()).isEqualTo(200);
    }
  }

  private static Http http(Explorer explorer) {
    return new Http(URI.create(explorer.url()).getPort());
  }
}
