package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.extraction.Plan;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.testing.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private Scenes scenes = new Scenes(Path.of(""));
  private Path profile = Path.of("");
  private Path small = Path.of("");
  private Path report = Path.of("");

  @BeforeEach
  void profile(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
    profile = scenes.profile("--limit", 3);
    small = scenes.file("small.onnx");
    report = scenes.file("report.html");
  }

  @Test
  void extractShowsHeldOutImagesWorstFirst() throws Exception {
    Path heldOut = copyOfImages("held-out-");

    ReportPage page =
        extract("--validation", heldOut, "--validation-masks", copyOfMasks("held-out-"));

    assertThat(page.sections())
        .containsSubsequence(
            "What was asked",
            "Size and cost",
            "Categories",
            "Layers",
            "Example images",
            "What was checked before the file was written",
            "Do categories rely on different channels?",
            "The command",
            "Settings and hashes to make it again");
    requireWorstFirst(page, Scenes.IMAGES);
    assertThat(page.text())
        .contains("40 % of the MACs", "--keep-macs 0.4", "first", "retention", "\"kept\"");
    assertThat(page.text()).contains("none of them profiled").doesNotContain("decided on them");
  }

  @Test
  void extractWithoutHeldOutImagesSaysWhatIsMissing() throws Exception {
    Invocation extract = Invocation.succeed(extraction().toArray());

    ReportPage page = page();
    assertThat(page.sections()).contains("What this report lacks", "Layers", "Size and cost");
    assertThat(page.sections()).doesNotContain("Example images", "Categories");
    assertThat(page.text()).contains("Give images that were not profiled for validation");
    assertThat(extract.out()).contains("--validation DIR", "--validation-masks DIR");
  }

  @Test
  void aSelectionThatWasEditedIsSaidToBe() throws Exception {
    Invocation.succeed(extraction().toArray());
    assertThat(page().text()).doesNotContain("edited by hand");
    Path file = scenes.file("edited.plan.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode plan =
        (ObjectNode)
            json.readTree(OnnxReader.read(small).metadata().getOrDefault(Plan.METADATA_KEY, ""));
    ObjectNode kept = (ObjectNode) plan.path("kept");
    kept.put(kept.fieldNames().next(), "0");
    json.writeValue(file.toFile(), plan);

    Invocation.succeed(
        "extract",
        scenes.model(),
        "--profile",
        profile,
        "--plan",
        file,
        "--output",
        small,
        "--overwrite",
        "--report",
        report);

    assertThat(page().text()).contains("edited by hand; the goal is what it keeps");
  }

  @Test
  void extractToAQualityFloorShowsWhatWasTried() throws Exception {
    Invocation.succeed(
        "extract",
        scenes.model(),
        "--profile",
        profile,
        "--categories",
        "car",
        "--min-retention",
        "0.9",
        "--validation",
        copyOfImages("held-out-"),
        "--output",
        small,
        "--report",
        report,
        "--overwrite");

    ReportPage page = page();
    assertThat(page.sections()).contains("Retention against budget: what was tried");
    assertThat(page.text()).contains("how much was kept was decided on them too");
  }

  @Test
  void evaluateShowsEverySubNetwork() throws Exception {
    extract();
    Path smaller = scenes.file("smaller.onnx");
    Invocation.succeed(
        "extract",
        scenes.model(),
        "--profile",
        profile,
        "--categories",
        "car,tree",
        "--keep-macs",
        "0.2",
        "--output",
        smaller);

    Invocation.succeed(
        "evaluate",
        scenes.model(),
        small,
        smaller,
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--no-latency",
        "--report",
        report,
        "--overwrite");

    ReportPage page = page();
    assertThat(page.sections())
        .containsSubsequence(
            "Retention against budget",
            "Layers of small.onnx",
            "Layers of smaller.onnx",
            "Example images of small.onnx",
            "Example images of smaller.onnx");
    assertThat(page.text()).contains("car", "tree", "mean retention", "SHA-256 of " + small);
  }

  @Test
  void evaluateOfOneNetworkShowsItsCategories() throws Exception {
    Invocation.succeed(
        "evaluate",
        scenes.model(),
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--no-latency",
        "--report",
        report,
        "--overwrite");

    ReportPage page = page();
    assertThat(page.sections()).contains("Categories").doesNotContain("Retention against budget");
    assertThat(page.text()).contains("mIoU");
  }

  @Test
  void whatNoImageShowsIsNotSaidToBeKeptBest() throws Exception {
    Path trees = scenes.file("trees.onnx");
    for (String category : List.of("car", "tree")) {
      Invocation.succeed(
          "extract",
          scenes.model(),
          "--profile",
          profile,
          "--categories",
          category,
          "--output",
          category.equals("car") ? small : trees);
    }
    try (var masks = Files.list(scenes.masks())) {
      for (Path mask : masks.toList()) {
        Scenes.mask(mask, 0);
      }
    }

    Object[] evaluate = {
      "evaluate",
      scenes.model(),
      "--images",
      scenes.images(),
      "--masks",
      scenes.masks(),
      "--no-latency",
      "--report",
      report,
      "--overwrite"
    };
    Invocation.succeed(Invocation.join(evaluate, small, trees));
    assertThat(page().text()).contains("small.onnx keeps").doesNotContain("trees.onnx keeps");
    Invocation.succeed(Invocation.join(evaluate, trees));
    assertThat(page().text()).contains("mIoU 0.").doesNotContain("trees.onnx keeps");
  }

  @Test
  void compareShowsBudgetsAndTheSubNetworkThatKeepsLeast() throws Exception {
    report = scenes.file("results").resolve("report.html");
    Invocation.succeed(
        "compare",
        scenes.model(),
        "--profile",
        profile,
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--category-sets",
        "car;tree,road",
        "--criteria",
        "l1,taylor,bn_scale",
        "--recoveries",
        "ridge",
        "--keep-macs",
        "0.5,0.25",
        "--output",
        scenes.file("results"),
        "--report",
        report,
        "--overwrite");

    ReportPage page = page();
    assertThat(page.sections())
        .containsSubsequence(
            "What was asked",
            "What came out",
            "Retention against budget, recovery ridge",
            "Retention of each category set",
            "Categories, by what keeps most at the smallest budget",
            "The sub-network that is shown",
            "Layers",
            "Example images",
            "What could not be made");
    requireWorstFirst(page, Scenes.IMAGES);
    assertThat(page.text()).contains("taylor", "untouched", "has no BatchNormalization");
  }

  @Test
  void finetuneShowsBeforeAndAfter() throws Exception {
    extract();

    Invocation.succeed(
        "finetune",
        small,
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--batch",
        2,
        "--output",
        scenes.file("tuned.onnx"),
        "--report",
        report,
        "--overwrite");

    ReportPage page = page();
    assertThat(page.sections())
        .containsSubsequence(
            "Validation over the epochs",
            "Training loss over the epochs",
            "Size and cost",
            "Categories",
            "Example images");
    assertThat(page.text()).contains("network before finetuning", "tuned.onnx");
  }

  @Test
  void finetuneFromATeacherComparesWithTheTeacher() throws Exception {
    extract();

    Invocation.succeed(
        "finetune",
        small,
        "--teacher",
        scenes.model(),
        "--images",
        scenes.images(),
        "--batch",
        2,
        "--output",
        scenes.file("tuned.onnx"),
        "--report",
        report,
        "--overwrite");

    assertThat(page().text()).contains("teacher", "without masks");
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeTheWork() {
    Path nowhere = scenes.file("nowhere").resolve("report.html");

    for (Invocation refused :
        List.of(
            Invocation.of(
                "extract",
                scenes.model(),
                "--profile",
                profile,
                "--categories",
                "car",
                "--output",
                small,
                "--report",
                nowhere),
            Invocation.of(
                "evaluate", scenes.model(), "--images", scenes.images(), "--report", nowhere),
            Invocation.of(
                "compare",
                scenes.model(),
                "--profile",
                profile,
                "--images",
                scenes.images(),
                "--output",
                scenes.file("results"),
                "--report",
                nowhere),
            Invocation.of(
                "finetune",
                scenes.model(),
                "--images",
                scenes.images(),
                "--masks",
                scenes.masks(),
                "--output",
                small,
                "--report",
                nowhere))) {
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("nowhere").hasLineCount(1);
    }
    assertThat(small).doesNotExist();
    assertThat(scenes.file("results")).doesNotExist();
  }

  private List<Object> extraction() {
    return List.of(
        "extract",
        scenes.model(),
        "--profile",
        profile,
        "--categories",
        "car,tree",
        "--keep-macs",
        "0.4",
        "--output",
        small,
        "--report",
        report,
        "--overwrite");
  }

  private ReportPage extract(Object... more) throws Exception {
    List<Object> arguments = new ArrayList<>(extraction());
    arguments.addAll(List.of(more));
    Invocation.succeed(arguments.toArray());
    return page();
  }

  private ReportPage page() throws Exception {
    ReportPage page = ReportPage.of(Files.readString(report));
    page.requireSelfContained();
    return page;
  }

  private static void requireWorstFirst(ReportPage page, int count) {
    assertThat(page.losses()).hasSize(count).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private Path copyOfImages(String prefix) throws IOException {
    return copy(scenes.images(), prefix);
  }

  private Path copyOfMasks(String prefix) throws IOException {
    return copy(scenes.masks(), prefix);
  }

  /** Under names that were not profiled. */
  private Path copy(Path folder, String prefix) throws IOException {
    Path target = Files.createDirectory(scenes.file(prefix + folder.getFileName()));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(prefix + file.getFileName()));
      }
    }
    return target;
  }
}
