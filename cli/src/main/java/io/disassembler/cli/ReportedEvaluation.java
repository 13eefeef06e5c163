package io.disassembler.cli;

import io.disassembler.channel.Inspection;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.NetworkPrediction;
import io.disassembler.evaluation.WorstPredictions;
import io.disassembler.report.Categories;
import io.disassembler.report.Costs;
import io.disassembler.report.Examples;
import io.disassembler.report.Layers;
import io.disassembler.report.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation and the images on which networks did worst.
 *
 * @param full the network that others were compared with
 * @param networks those others
 */
record ReportedEvaluation(
    LoadedModel full, List<LoadedModel> networks, EvaluationResult result, WorstPredictions worst) {

  /** Evaluates {@code networks} against {@code full}. */
  static ReportedEvaluation run(
      LoadedModel full,
      NetworkCard card,
      List<LoadedModel> networks,
      List<Sample> samples,
      EvaluationSettings settings) {
    List<EvaluationSubject> subjects =
        networks.stream().map(LoadedModel::evaluationSubject).toList();
    WorstPredictions worst =
        new WorstPredictions(Math.max(2, Examples.MOST / Math.max(1, networks.size())));
    try (Progress progress = new Progress("Evaluating", samples.size())) {
      EvaluationResult result =
          Evaluation.run(
              full.evaluationSubject(), card, subjects, samples, settings, progress::update, worst);
      return new ReportedEvaluation(full, networks, result, worst);
    }
  }

  /** What networks cost. */
  Section costs() {
    return new Costs(
        "Size and cost",
        result.reference().footprint(),
        result.networks().stream().map(NetworkResult::footprint).toList());
  }

  /** How well each category is kept. */
  Section categories() {
    return new Categories(result);
  }

  /** The layers of each network beside the full one's. */
  List<Section> layers() {
    Inspection before = Inspection.of(full.anatomy());
    List<Section> sections = new ArrayList<>();
    for (LoadedModel network : networks) {
      sections.add(new Layers(named("Layers", network), before, Inspection.of(network.anatomy())));
    }
    return sections;
  }

  /**
   * The worst images of each network.
   *
   * @param first what captions call the first network
   * @param second what they call the others
   */
  List<Section> examples(String first, String second) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      List<NetworkPrediction> predictions = worst.of(i);
      if (!predictions.isEmpty()) {
        sections.add(
            new Examples(named("Example images", networks.get(i)), first, second, predictions));
      }
    }
    return sections;
  }

  private String named(String title, LoadedModel network) {
    Path file = network.file().getFileName();
    return networks.size() > 1 ? title + " of " + file : title;
  }
}
