package io.disassembler.comparison;

import io.disassembler.InvalidInputException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.ModelCost;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Cost;
import io.disassembler.selection.Criterion;
import io.disassembler.surgery.Extraction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures every cell of a {@link Grid}. Sub-networks are judged by the arg max of all their
 * categories with those not chosen renamed to {@code other}, which is what their own head computes
 * except where a chosen and another score are equal; the head-only control and networks with a
 * balanced head run the head itself.
 */
public final class Comparison {
  /** Name of the file, in the output folder, that finished cells are kept in. */
  public static final String LOG = "results.jsonl";

  private final Map<String, Extraction> extractions;
  private final Extraction any;
  private final ReferenceImages images;
  private final @Nullable Calibration calibration;
  private final @Nullable LatencySettings latency;
  private final CellSettings settings;
  private final PredictionCache predictions;
  private final ModelCost full;
  private @Nullable Approach latestBy;
  private Extraction.@Nullable SubNetwork latest;

  /**
   * @param extractions make the sub-networks: of one model, by the name of the profile that each
   *     uses
   * @param images what they are judged on
   * @param calibration what recovery in closed loop follows; null if it is not compared
   * @param latency how latency is measured; null if it is not
   */
  public Comparison(
      Map<String, Extraction> extractions,
      ReferenceImages images,
      @Nullable Calibration calibration,
      @Nullable LatencySettings latency) {
    this.extractions = Map.copyOf(extractions);
    this.any = extractions.values().iterator().next();
    this.images = images;
    this.calibration = calibration;
    this.latency = latency;
    this.settings =
        new CellSettings(
            images.sha256(), calibration == null ? "none" : calibration.sha256(), latency);
    this.predictions = new PredictionCache(images);
    this.full = cost(Cost.of(any.anatomy()));
  }

  /**
   * Measures what was not measured before.
   *
   * @param folder where finished cells are kept; it must exist
   * @return one result for each cell, set by set for each approach
   * @throws InvalidInputException if the folder cannot be used or holds another run
   */
  public List<CellResult> run(Grid grid, Path folder, ComparisonListener listener) {
    List<CellResult> results = new ArrayList<>();
    int total = grid.approaches().size() * grid.sets().size();
    try (ResultLog log = ResultLog.open(folder.resolve(LOG))) {
      for (Approach approach : grid.approaches()) {
        for (CategorySet set : grid.sets()) {
          String digest = settings.of(extraction(approach), approach, set);
          CellResult result =
              log.find(digest)
                  .orElseGet(
                      () -> {
                        CellResult measured = measure(digest, approach, set);
                        log.append(measured);
                        return measured;
                      });
          results.add(result);
          listener.compared(results.size(), total);
        }
      }
    }
    return results;
  }

  private CellResult measure(String digest, Approach approach, CategorySet set) {
    try {
      CellResult.Measured measured =
          approach.equals(Approach.UNTOUCHED) ? untouched(set) : cut(approach, set);
      return new CellResult(digest, set.name(), approach, null, measured);
    } catch (InvalidInputException e) {
      return new CellResult(digest, set.name(), approach, e.getMessage(), null);
    }
  }

  private CellResult.Measured untouched(CategorySet set) {
    List<ComparedCategory> categories = images.judge(images.predictions(), mapping(set));
    return new CellResult.Measured(full, full, latency == null ? null : 1.0, categories);
  }

  private CellResult.Measured cut(Approach approach, CategorySet set) {
    boolean headOnly = approach.equals(Approach.HEAD_ONLY);
    RecoveryMethod recovery = RecoveryMethod.of(approach.recovery());
    boolean closedLoop = recovery == RecoveryMethod.CLOSED_LOOP;
    Extraction.Recipe recipe =
        new Extraction.Recipe(
            headOnly ? Criterion.L1 : Criterion.of(approach.criterion()),
            new Budget(Budget.Measure.MACS, approach.keepMacs()),
            recovery,
            closedLoop ? calibration : null);
    Extraction.SubNetwork network =
        extraction(approach)
            .extract(set.categories(), recipe, approach.equals(latestBy) ? latest : null);
    latest = network;
    latestBy = approach;
    ModelCost cost = cost(network.cost());
    try (TemporaryModel model = TemporaryModel.of(network.network())) {
      EvaluationSubject subject = new EvaluationSubject(model.file(), cost);
      List<ComparedCategory> categories =
          headOnly || closedLoop
              ? images.judge(subject).categories()
              : images.judge(predictions.of(network.headless(), cost), mapping(set));
      Double ratio = latency == null ? null : images.latencyRatio(subject, latency);
      return new CellResult.Measured(cost, full, ratio, categories);
    }
  }

  /** The controls learn from no profile, so that any will do. */
  private Extraction extraction(Approach approach) {
    return approach.control()
        ? any
        : Objects.requireNonNull(extractions.get(approach.profile()), approach.profile());
  }

  private CategoryMapping mapping(CategorySet set) {
    return CategoryMapping.of(any.card().categories(), set.categories());
  }

  private static ModelCost cost(Cost cost) {
    return new ModelCost(cost.parameters(), cost.macs());
  }
}
