package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.Progress;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Sample;
import io.disassembler.data.layout.DataSets;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Extraction.SubNetwork;
import io.disassembler.search.BudgetSearch;
import io.disassembler.search.LatencyCeiling;
import io.disassembler.search.Requirement;
import io.disassembler.search.RetentionFloor;
import io.disassembler.selection.Budget;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What the sub-network must measure up to, instead of how much is kept. */
public final class RequirementOptions {
  private static final Logger LOG = LoggerFactory.getLogger(RequirementOptions.class);
  private static final LatencySettings LATENCY = new LatencySettings(5, 30, Duration.ofSeconds(2));

  @Option(
      names = "--min-retention",
      paramLabel = "SHARE",
      description =
          "Look for the smallest network whose every category keeps at least this share of its IoU on the images in --validation, with 90 %% confidence; cuts and measures about eight.")
  private @Nullable Double minRetention;

  @Option(
      names = "--max-latency-ms",
      paramLabel = "MS",
      description =
          "Look for the largest network that takes at most so long for one image, on this machine, in ONNX Runtime with --threads. With --min-retention: refuse a network that takes longer.")
  private @Nullable Double maxLatency;

  @Option(
      names = "--validation",
      paramLabel = "DIR",
      description =
          "Images to measure --min-retention on, and for the --report; those that were profiled are left out.")
  private @Nullable String validation;

  @Option(
      names = "--validation-masks",
      paramLabel = "DIR",
      description =
          "Their masks. Without them IoU is agreement with the full network's prediction.")
  private @Nullable Path validationMasks;

  /** Where images that were not profiled are. */
  public @Nullable String validation() {
    return validation;
  }

  /** True if retention decides how much is kept. */
  public boolean minRetention() {
    return minRetention != null;
  }

  /**
   * Refuses images that nothing would be measured on.
   *
   * @param reported whether there is a report for them
   */
  public void requireUse(boolean reported) {
    if (validation == null && validationMasks != null) {
      throw new InvalidInputException("--validation-masks: expected --validation DIR with it");
    }
    if (validation != null && minRetention == null && !reported) {
      throw new InvalidInputException(
          "--validation: expected --min-retention SHARE or --report FILE with it; nothing is measured otherwise");
    }
  }

  /** True if something is required. */
  public boolean given() {
    return minRetention != null || maxLatency != null;
  }

  /**
   * The sub-network that was looked for; says what was tried.
   *
   * @param extraction of the model; images that it learned from would flatter and are left out
   * @param extract makes the sub-network within a budget
   */
  public BudgetSearch.Found search(
      LoadedModel model,
      int threads,
      Extraction extraction,
      List<Integer> categories,
      Function<Budget, SubNetwork> extract,
      PrintWriter out) {
    Requirement latency =
        maxLatency == null ? null : new LatencyCeiling(maxLatency, model.input(), threads, LATENCY);
    BudgetSearch.Found found;
    if (minRetention == null) {
      found = BudgetSearch.search(extract, Objects.requireNonNull(latency));
    } else {
      try (ReferenceImages images = images(model, threads, extraction)) {
        CategoryMapping mapping = CategoryMapping.of(extraction.card().categories(), categories);
        found = BudgetSearch.search(extract, new RetentionFloor(images, mapping, minRetention));
      }
    }
    found.tried().forEach(candidate -> out.println("tried: " + candidate));
    if (minRetention != null && latency != null) {
      requireFast(latency, found);
    }
    return found;
  }

  private void requireFast(Requirement latency, BudgetSearch.Found found) {
    Requirement.Finding finding = latency.measure(found.network());
    if (!finding.met()) {
      throw new InvalidInputException(
          "%s: not with --min-retention %s: the smallest network found keeps that, but %s; ask for less"
              .formatted(latency.text(), minRetention, finding.text()));
    }
  }

  private ReferenceImages images(LoadedModel model, int threads, Extraction extraction) {
    if (validation == null) {
      throw new InvalidInputException(
          "--min-retention: expected --validation DIR, images that were not profiled, to measure it on");
    }
    List<Sample> left = heldOut(validation, extraction);
    try (Progress progress = new Progress("Full network", left.size())) {
      return ReferenceImages.load(
          model.evaluationSubject(),
          extraction.card(),
          left,
          model.evaluationSettings(threads, false, null),
          progress::update);
    }
  }

  /** Images that were not profiled; none if no folder of them was given. */
  public List<Sample> heldOut(Extraction extraction) {
    return validation == null ? List.of() : heldOut(validation, extraction);
  }

  private List<Sample> heldOut(String images, Extraction extraction) {
    List<Sample> all = DataSets.open(images, validationMasks).samples();
    Set<String> profiled = new TreeSet<>(extraction.profile().images());
    List<Sample> left = all.stream().filter(sample -> !profiled.contains(sample.name())).toList();
    if (left.isEmpty()) {
      throw new InvalidInputException(
          images + ": all images in it were profiled; expected images that were not");
    }
    if (left.size() < all.size()) {
      LOG.warn(
          "{}: {} of {} images have names of profiled ones and are left out",
          images,
          all.size() - left.size(),
          all.size());
    }
    return left;
  }
}
