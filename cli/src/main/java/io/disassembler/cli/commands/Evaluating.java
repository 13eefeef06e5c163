package io.disassembler.cli.commands;

import io.disassembler.EvaluateRequest;
import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.WorstPredictions;
import io.disassembler.report.ReportedEvaluation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates networks and keeps what a report shows of it. */
final class Evaluating {
  private Evaluating() {}

  /**
   * Evaluates {@code networks} against {@code full}.
   *
   * @param latency how latency is measured; null if it is not
   */
  static ReportedEvaluation run(
      SegmentationNetwork full,
      List<SegmentationNetwork> networks,
      ImageSet images,
      @Nullable LatencySettings latency) {
    WorstPredictions worst = ReportedEvaluation.worst(networks.size());
    EvaluateRequest request = full.evaluate(images).latency(latency).predictions(worst);
    networks.forEach(request::of);
    return new ReportedEvaluation(
        full.inspect(),
        networks.stream().map(SegmentationNetwork::inspect).toList(),
        request.run(),
        worst);
  }
}
