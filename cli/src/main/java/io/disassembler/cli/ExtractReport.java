package io.disassembler.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.channel.Inspection;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.ModelCost;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.profile.Profile;
import io.disassembler.report.Code;
import io.disassembler.report.Costs;
import io.disassembler.report.Facts;
import io.disassembler.report.Layers;
import io.disassembler.report.Note;
import io.disassembler.report.Section;
import io.disassembler.report.Similarities;
import io.disassembler.report.Trials;
import io.disassembler.search.BudgetSearch;
import io.disassembler.selection.Cost;
import io.disassembler.surgery.Extraction;
import io.disassembler.surgery.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report of {@code extract}.
 *
 * @param written the sub-network as it was read back
 * @param tried what was cut and measured on the way; empty if the size was asked for
 * @param heldOut images that took no part; empty if there are none
 */
record ExtractReport(
    @Nullable CommandSpec spec,
    ExtractionSummary summary,
    Extraction extraction,
    LoadedModel written,
    List<BudgetSearch.Candidate> tried,
    List<Sample> heldOut,
    int threads) {

  String title() {
    return "Sub-network for " + String.join(", ", plan().categories());
  }

  String lead() {
    return String.format(
        Locale.ROOT,
        "%s has %s %% of the MACs and %s %% of the parameters of %s.",
        written.file().getFileName(),
        Numbers.percent(summary.result().cost().macs(), summary.result().full().macs()),
        Numbers.percent(summary.result().cost().parameters(), summary.result().full().parameters()),
        summary.model().file().getFileName());
  }

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Facts("What was asked", asked()));
    sections.addAll(heldOut.isEmpty() ? withoutImages() : evaluated());
    if (!tried.isEmpty()) {
      sections.add(new Trials(tried));
    }
    sections.add(new Facts("What was checked before the file was written", checked()));
    sections.add(new Similarities(extraction.profile()));
    sections.addAll(Reproduction.sections(spec, hashes()));
    sections.add(new Code("The plan, to make it again with extract --plan", planText()));
    return sections;
  }

  private List<Section> withoutImages() {
    return List.of(
        new Note(
            "What this report lacks",
            List.of(
                "No images were held out, so nothing is said about IoU, retention, latency and example images. Give images that were not profiled with --validation DIR (and --validation-masks DIR), or run evaluate.")),
        new Costs(
            "Size and cost",
            footprint(summary.model(), summary.result().full()),
            List.of(footprint(written, summary.result().cost()))),
        new Layers(
            "Layers", Inspection.of(summary.model().anatomy()), Inspection.of(written.anatomy())));
  }

  private List<Section> evaluated() {
    ReportedEvaluation evaluation =
        ReportedEvaluation.run(
            summary.model(),
            extraction.card(),
            List.of(written),
            heldOut,
            summary.model().evaluationSettings(threads, false, LatencySettings.DEFAULT));
    List<Section> sections = new ArrayList<>();
    sections.add(evaluation.costs());
    sections.add(evaluation.categories());
    sections.addAll(evaluation.layers());
    sections.addAll(evaluation.examples("full network", "sub-network"));
    return sections;
  }

  private static Footprint footprint(LoadedModel model, Cost cost) {
    return new Footprint(
        model.file(),
        new ModelCost(cost.parameters(), cost.macs()),
        ExtractionSummary.bytes(model.file()),
        null);
  }

  private Plan plan() {
    return summary.result().plan();
  }

  private Map<String, String> asked() {
    Profile profile = extraction.profile();
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("full network", summary.model().file().toString());
    asked.put("categories", String.join(", ", plan().categories()));
    asked.put("goal", plan().goal());
    asked.put("criterion", plan().criterion());
    asked.put("recovery", plan().recovery());
    asked.put(
        "profile",
        "%d images, %s"
            .formatted(
                profile.images().size(),
                profile.header().labelled() ? "with masks" : "without masks"));
    return asked;
  }

  private Map<String, String> checked() {
    Map<String, String> checked = new LinkedHashMap<>();
    checked.put(
        "cut network equals the masked one",
        String.format(
            Locale.ROOT,
            "relative difference %.1e",
            summary.proof().cutAgainstMasked().relative()));
    checked.put(
        "ONNX Runtime agrees with our engine",
        String.format(
            Locale.ROOT,
            "relative difference %.1e",
            summary.proof().runtimeAgainstEngine().relative()));
    checked.put(
        "channel groups kept",
        "%d of %d"
            .formatted(summary.result().selection().size(), summary.result().selection().outOf()));
    return checked;
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(summary.model().file().toString(), extraction.modelSha256());
    hashes.put(written.file().toString(), ModelDigest.sha256(written.file()));
    hashes.put("the profile", extraction.profileSha256());
    String calibration = plan().calibration();
    if (calibration != null) {
      hashes.put("the calibration images", calibration);
    }
    return hashes;
  }

  private String planText() {
    try {
      return JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(plan());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
