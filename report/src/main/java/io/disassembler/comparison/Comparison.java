package io.disassembler.comparison;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.UnattainableException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Costing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures every cell of a {@link Grid}. Sub-networks are judged by the arg max of all their
 * categories with those not chosen renamed to {@code other}, which is what their own head computes
 * except where a chosen and another score are equal; the head-only control and networks whose head
 * was balanced or finetuned run the head itself.
 */
public final class Comparison {
  /** Name of the file, in the output folder, that finished cells are kept in. */
  public static final String LOG = "results.jsonl";

  private final SubNetworks subNetworks;
  private final NetworkCard card;
  private final ReferenceImages images;
  private final Map<String, Finetuning> finetunings = new LinkedHashMap<>();
  private final @Nullable LatencySettings latency;
  private final CellSettings settings;
  private final PredictionCache predictions;
  private final Cost full;

  /**
   * @param extractions make the sub-networks: of one model, by the name of the profile that each
   *     uses
   * @param images what they are judged on
   * @param calibration what recovery in closed loop follows; null if it is not compared
   * @param finetunings what follows, besides nothing
   * @param latency how latency is measured; null if it is not
   */
  public Comparison(
      Map<String, Extraction> extractions,
      ReferenceImages images,
      @Nullable Calibration calibration,
      List<Finetuning> finetunings,
      @Nullable LatencySettings latency) {
    Extraction any = extractions.values().iterator().next();
    this.subNetworks = new SubNetworks(extractions, calibration);
    this.card = any.card();
    this.images = images;
    this.latency = latency;
    Map<String, String> digests = new LinkedHashMap<>();
    for (Finetuning finetuning : finetunings) {
      this.finetunings.put(finetuning.name(), finetuning);
      digests.put(finetuning.name(), finetuning.sha256(card));
    }
    this.settings =
        new CellSettings(
            images.sha256(), calibration == null ? "none" : calibration.sha256(), digests, latency);
    this.predictions = new PredictionCache(images);
    this.full = cost(Costing.of(any.anatomy()));
  }

  /**
   * Measures what was not measured before.
   *
   * @param folder where finished cells are kept; it must exist
   * @return one result for each cell of the grid, in its order
   * @throws InvalidInputException if the folder cannot be used or holds another run, or anything
   *     else fails that says nothing of the cell; what was finished before is kept
   */
  public List<CellResult> run(Grid grid, Path folder, ComparisonListener listener) {
    List<CellResult> results = new ArrayList<>();
    List<Grid.Cell> cells = grid.cells();
    try (ResultLog log = ResultLog.open(folder.resolve(LOG))) {
      for (Grid.Cell cell : cells) {
        Approach approach = cell.approach();
        String digest = settings.of(subNetworks.extraction(approach), approach, cell.set());
        CellResult result =
            log.find(digest)
                .orElseGet(
                    () -> {
                      CellResult measured = measure(digest, approach, cell.set());
                      log.append(measured);
                      return measured;
                    });
        results.add(result);
        listener.compared(results.size(), cells.size());
      }
    }
    return results;
  }

  private CellResult measure(String digest, Approach approach, CategorySet set) {
    try {
      CellResult.Measured measured =
          approach.equals(Approach.UNTOUCHED) ? untouched(set) : cut(approach, set);
      return new CellResult(digest, set.name(), approach, null, measured);
    } catch (UnattainableException e) {
      return new CellResult(digest, set.name(), approach, e.getMessage(), null);
    }
  }

  private CellResult.Measured untouched(CategorySet set) {
    return measured(
        full, latency == null ? null : 1.0, images.judgeEach(images.predictions(), mapping(set)));
  }

  private CellResult.Measured cut(Approach approach, CategorySet set) {
    Extraction.SubNetwork made = subNetworks.of(approach, set);
    Network judged = finetuned(made.network(), approach, set);
    Cost cost =
        new Cost(
            made.cost().parameters() + parameters(judged) - parameters(made.network()),
            made.cost().macs());
    try (TemporaryModel model = TemporaryModel.of(judged)) {
      EvaluationSubject subject = new EvaluationSubject(model.file(), cost, judged.boundary());
      List<List<ComparedCategory>> each =
          hasOwnHead(approach)
              ? images.judgeEach(subject)
              : images.judgeEach(predictions.of(made.headless(), cost), mapping(set));
      Double ratio = latency == null ? null : images.latencyRatio(subject, latency);
      return measured(cost, ratio, each);
    }
  }

  private CellResult.Measured measured(
      Cost cost, @Nullable Double latencyRatio, List<List<ComparedCategory>> each) {
    return new CellResult.Measured(
        cost,
        full,
        latencyRatio,
        each.stream().reduce(RetentionSpread::plus).orElseThrow(),
        RetentionSpread.of(each));
  }

  /** Finetuning folds normalisations, so that it may leave others than it found. */
  private static long parameters(Network network) {
    return network.weights().values().stream()
        .filter(weight -> weight.type().isFloating())
        .mapToLong(weight -> weight.shape().elements())
        .sum();
  }

  private Network finetuned(Network network, Approach approach, CategorySet set) {
    return approach.finetuned()
        ? Objects.requireNonNull(finetunings.get(approach.finetuning()), approach.finetuning())
            .of(network, mapping(set), card, subNetworks.extraction(approach).anatomy().threads())
        : network;
  }

  /** Whether the head does more than rename. */
  private static boolean hasOwnHead(Approach approach) {
    return approach.finetuned()
        || approach.equals(Approach.HEAD_ONLY)
        || RecoveryMethod.of(approach.recovery()).followsImages();
  }

  private CategoryMapping mapping(CategorySet set) {
    return card.mapping(set.categories());
  }

  private static Cost cost(Cost cost) {
    return new Cost(cost.parameters(), cost.macs());
  }
}
