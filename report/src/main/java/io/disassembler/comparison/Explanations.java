package io.disassembler.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Json;
import io.disassembler.base.Numbers;
import io.disassembler.base.Reason;
import io.disassembler.base.Replacement;
import io.disassembler.explanation.Explainer;
import io.disassembler.explanation.Explanation;
import io.disassembler.extraction.Extraction;
import io.disassembler.recovery.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says of a comparison's cells where the quality went ({@link Explainer}), and keeps what it found
 * in {@value #JSON} and {@value #PAGE}.
 */
public final class Explanations {
  /** Name of the file with everything that was found; what is in it is not looked for again. */
  public static final String JSON = "explained.json";

  /** Name of the page. */
  public static final String PAGE = "explained.md";

  private static final ObjectMapper READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final SubNetworks subNetworks;
  private final Calibration images;

  /**
   * @param extractions as those of the comparison
   * @param followed what recovery in closed loop followed; null if it was not compared
   * @param images on which networks are run; better ones that no recovery followed
   */
  public Explanations(
      Map<String, Extraction> extractions, @Nullable Calibration followed, Calibration images) {
    this.subNetworks = new SubNetworks(extractions, followed);
    this.images = images;
  }

  /**
   * Explains every cell that was cut and not finetuned, unless that was done before.
   *
   * @param sets of the comparison
   * @param folder of the comparison
   * @param listener told how many of how many are done
   * @throws InvalidInputException if the folder cannot be used, or {@value #JSON} there is
   *     something else
   */
  public List<ExplainedCell> of(
      List<CellResult> results,
      List<CategorySet> sets,
      Path folder,
      BiConsumer<Integer, Integer> listener) {
    Path file = folder.resolve(JSON);
    List<ExplainedCell> before = read(file);
    List<CellResult> cells =
        results.stream()
            .filter(cell -> cell.measured() != null)
            .filter(cell -> !cell.approach().control() && !cell.approach().finetuned())
            .toList();
    List<ExplainedCell> explained = new ArrayList<>();
    for (CellResult cell : cells) {
      String settings = cell.settings() + "/" + images.sha256();
      explained.add(
          before.stream()
              .filter(other -> other.settings().equals(settings))
              .findFirst()
              .orElseGet(() -> explain(settings, cell, sets)));
      Replacement.write(file, Json.pretty(explained));
      listener.accept(explained.size(), cells.size());
    }
    Replacement.write(folder.resolve(PAGE), page(explained));
    return explained;
  }

  private ExplainedCell explain(String settings, CellResult cell, List<CategorySet> sets) {
    CategorySet set =
        sets.stream().filter(one -> one.name().equals(cell.set())).findFirst().orElseThrow();
    Extraction extraction = subNetworks.extraction(cell.approach());
    Explanation explanation =
        new Explainer(extraction, images.batches().stream().map(Calibration.Batch::inputs).toList())
            .explain(subNetworks.of(cell.approach(), set), set.categories(), (done, total) -> {});
    return new ExplainedCell(settings, cell.set(), cell.approach(), explanation);
  }

  private static List<ExplainedCell> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return List.of(READER.readValue(file.toFile(), ExplainedCell[].class));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file + ": does not hold explanations of a comparison; name another output folder", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read (" + Reason.of(e) + ")", e);
    }
  }

  /** As a page in Markdown. */
  private static String page(List<ExplainedCell> explained) {
    StringBuilder text = new StringBuilder("# Where the quality went\n");
    for (ExplainedCell cell : explained) {
      Approach approach = cell.approach();
      Explanation found = cell.explanation();
      text.append(
          "\n## %s, %s of the MACs, `%s`, recovery %s, profile %s\n\n"
              .formatted(
                  cell.set(),
                  Numbers.percent(approach.keepMacs()),
                  approach.criterion(),
                  approach.recovery(),
                  approach.profile()));
      text.append(
          "%d images. The sub-network's decisions differ from the full network's by %s nats an image (Kullback-Leibler divergence), those of the whole network at its resolution by %s. Rank correlation of predicted and measured harm: %s.\n\n"
              .formatted(
                  found.images(),
                  nats(found.together()),
                  nats(found.resolution()),
                  Numbers.decimals(2, found.rankCorrelation())));
      text.append(
          "| cut together (first layer) | layers | kept | predicted, nats | cut alone, nats |\n");
      text.append("| --- | --- | --- | --- | --- |\n");
      for (Explanation.Family family : found.families()) {
        text.append(
            "| %s | %d | %d of %d | %s | %s |\n"
                .formatted(
                    ResultsMarkdown.plain(family.layer()),
                    family.layers(),
                    family.kept(),
                    family.groups(),
                    nats(family.predicted()),
                    nats(family.alone())));
      }
      text.append(
          "\n| layer | kernels kept | error, share of the variance |\n| --- | --- | --- |\n");
      for (Explanation.Layer layer : found.layers()) {
        text.append(
            "| %s | %d of %d | %s |\n"
                .formatted(
                    ResultsMarkdown.plain(layer.name()),
                    layer.kept(),
                    layer.kernels(),
                    layer.error() == null
                        ? Numbers.UNDEFINED
                        : Numbers.decimals(3, layer.error())));
      }
    }
    return text.toString();
  }

  private static String nats(double harm) {
    return Numbers.decimals(harm < 100 ? 2 : 0, harm);
  }
}
