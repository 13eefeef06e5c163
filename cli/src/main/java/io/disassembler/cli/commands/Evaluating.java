package io.disassembler.cli.commands;

import io.disassembler.channel.Inspection;
import io.disassembler.cli.options.LoadedModel;
import io.disassembler.cli.output.Progress;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.WorstPredictions;
import io.disassembler.report.ReportedEvaluation;
import java.util.List;

/** Evaluates networks and shows how far that is. */
final class Evaluating {
  private Evaluating() {}

  /** Evaluates {@code networks} against {@code full}. */
  static ReportedEvaluation run(
      LoadedModel full,
      NetworkCard card,
      List<LoadedModel> networks,
      List<Sample> samples,
      EvaluationSettings settings) {
    List<EvaluationSubject> subjects =
        networks.stream().map(LoadedModel::evaluationSubject).toList();
    WorstPredictions worst = ReportedEvaluation.worst(networks.size());
    try (Progress progress = new Progress("Evaluating", samples.size())) {
      EvaluationResult result =
          Evaluation.run(
              full.evaluationSubject(), card, subjects, samples, settings, progress::update, worst);
      return new ReportedEvaluation(
          Inspection.of(full.anatomy()),
          networks.stream().map(network -> Inspection.of(network.anatomy())).toList(),
          result,
          worst);
    }
  }
}
