package io.disassembler.report;

import io.disassembler.base.Json;
import io.disassembler.base.Numbers;
import io.disassembler.channel.Inspection;
import io.disassembler.check.ExtractionProof;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Plan;
import io.disassembler.extraction.Tuning;
import io.disassembler.profile.Profile;
import io.disassembler.search.BudgetSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report of a sub-network.
 *
 * @param made the sub-network
 * @param proof what was checked of it
 * @param full the full network's file
 * @param written the sub-network's file
 * @param evidence null if no images were held out
 * @param tried what was cut and measured on the way; empty if the size was asked for
 */
public record SubNetworkReport(
    Extraction extraction,
    Extraction.SubNetwork made,
    ExtractionProof proof,
    Footprint full,
    Written written,
    @Nullable Evidence evidence,
    List<BudgetSearch.Candidate> tried,
    Reproduction reproduction) {

  public SubNetworkReport {
    tried = List.copyOf(tried);
  }

  /**
   * A sub-network's file.
   *
   * @param layers as they are found in it
   */
  public record Written(Footprint footprint, Inspection layers, String sha256) {}

  /**
   * How good a sub-network is.
   *
   * @param evaluation of it alone
   * @param images which images that was found on, in words
   */
  public record Evidence(ReportedEvaluation evaluation, String images) {}

  /** The page. */
  public Report page() {
    return new Report("Sub-network for " + String.join(", ", plan().categories()), lead(), parts());
  }

  private String lead() {
    return "%s has %s of the MACs and %s of the parameters of %s%s."
        .formatted(
            written.footprint().file().getFileName(),
            Numbers.percentOf(made.cost().macs(), made.full().macs()),
            Numbers.percentOf(made.cost().parameters(), made.full().parameters()),
            full.file().getFileName(),
            evidence == null ? "" : kept(evidence));
  }

  private static String kept(Evidence evidence) {
    EvaluationResult result = evidence.evaluation().result();
    NetworkResult network = result.networks().get(0);
    return Double.isNaN(network.meanRetention())
        ? ""
        : " and reaches %s of its IoU%s, on %d images"
            .formatted(
                Numbers.percent(network.meanRetention()),
                network.categories().size() > 1 ? " as a mean over the categories" : "",
                result.images());
  }

  private List<Section> parts() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Facts("What was asked", asked()));
    if (evidence == null) {
      sections.add(lack());
    }
    sections.add(new Costs("Size and cost", full, List.of(written.footprint())));
    if (evidence != null) {
      sections.add(evidence.evaluation().categories());
    }
    sections.add(new LayerBars("Layers", Inspection.of(extraction.anatomy()), written.layers()));
    if (evidence != null) {
      sections.addAll(evidence.evaluation().examples("full network", "sub-network"));
    }
    if (!tried.isEmpty()) {
      sections.add(new Trials(tried));
    }
    sections.add(new Facts("What was checked before the file was written", checked()));
    sections.add(new Similarities(extraction.profile()));
    sections.addAll(reproduction.sections(hashes()));
    sections.add(new Code("The plan, from which it is made again", Json.pretty(plan()).strip()));
    return sections;
  }

  private static Section lack() {
    return new Note(
        "What this report lacks",
        List.of(
            "No images were held out, so nothing is said about IoU, retention, latency and example images. Give images that were not profiled for validation, with masks if there are any, or evaluate the sub-network."));
  }

  private Plan plan() {
    return made.plan();
  }

  private Map<String, String> asked() {
    Profile profile = extraction.profile();
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("full network", full.file().toString());
    asked.put("categories", String.join(", ", plan().categories()));
    asked.put("goal", plan().goal().text());
    if (plan().isEdited()) {
      asked.put("selection", "edited by hand; the goal is what it keeps");
    }
    asked.put("criterion", plan().criterion());
    asked.put("recovery", plan().recovery());
    Tuning tuning = plan().tuning();
    if (tuning != null) {
      asked.put("training", tuning.toString());
    }
    asked.put(
        "profile",
        "%d images, %s%s"
            .formatted(
                profile.images().size(),
                profile.header().labelled() ? "with masks" : "without masks",
                unknown()));
    if (evidence != null) {
      asked.put("measured on", evidence.images());
    }
    return asked;
  }

  /** The categories of which the profile knows nothing. */
  private String unknown() {
    List<String> unseen =
        plan().categories().stream()
            .filter(
                name -> extraction.profile().category(extraction.card().index(name)).images() == 0)
            .toList();
    return unseen.isEmpty()
        ? ""
        : "; no confident pixel of %s, so what the network relies on for that is not known"
            .formatted(String.join(", ", unseen));
  }

  private Map<String, String> checked() {
    Map<String, String> checked = new LinkedHashMap<>();
    checked.put(
        "cut network equals the masked one",
        String.format(
            Locale.ROOT, "relative difference %.1e", proof.cutAgainstMasked().relative()));
    checked.put(
        "ONNX Runtime agrees with our engine",
        String.format(
            Locale.ROOT, "relative difference %.1e", proof.runtimeAgainstEngine().relative()));
    checked.put(
        "channel groups kept",
        "%d of %d".formatted(made.selection().size(), made.selection().outOf()));
    return checked;
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(full.file().toString(), extraction.modelSha256());
    hashes.put(written.footprint().file().toString(), written.sha256());
    hashes.put("the profile", extraction.profileSha256());
    String calibration = plan().calibration();
    if (calibration != null) {
      hashes.put("the calibration images", calibration);
    }
    Tuning tuning = plan().tuning();
    if (tuning != null) {
      hashes.put("the images of training", tuning.images());
    }
    return hashes;
  }
}
