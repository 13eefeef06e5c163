package io.disassembler.report;

import io.disassembler.channel.Inspection;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.NetworkPrediction;
import io.disassembler.evaluation.WorstPredictions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation and the images on which networks did worst.
 *
 * @param full the network that others were compared with
 * @param networks those others, in the order of the result
 */
public record ReportedEvaluation(
    Inspection full, List<Inspection> networks, EvaluationResult result, WorstPredictions worst) {

  public ReportedEvaluation {
    networks = List.copyOf(networks);
  }

  /** To keep as many images as a page shows. */
  public static WorstPredictions worst(int networks) {
    return new WorstPredictions(Math.max(2, Examples.MOST / Math.max(1, networks)));
  }

  /** What networks cost. */
  public Section costs() {
    return new Costs(
        "Size and cost",
        result.reference().footprint(),
        result.networks().stream().map(NetworkResult::footprint).toList());
  }

  /** How well each category is kept. */
  public Section categories() {
    return new Categories(result);
  }

  /** The layers of each network beside the full one's. */
  public List<Section> layers() {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      sections.add(new LayerBars(named("Layers", i), full, networks.get(i)));
    }
    return sections;
  }

  /**
   * The worst images of each network.
   *
   * @param first what captions call the first network
   * @param second what they call the others
   */
  public List<Section> examples(String first, String second) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      List<NetworkPrediction> predictions = worst.of(i);
      if (!predictions.isEmpty()) {
        sections.add(new Examples(named("Example images", i), first, second, predictions));
      }
    }
    return sections;
  }

  private String named(String title, int network) {
    Path file = result.networks().get(network).footprint().file().getFileName();
    return networks.size() > 1 ? title + " of " + file : title;
  }
}
