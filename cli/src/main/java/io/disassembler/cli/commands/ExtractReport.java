package io.disassembler.cli.commands;

import io.disassembler.channel.Inspection;
import io.disassembler.cli.options.LoadedModel;
import io.disassembler.cli.output.ExtractionSummary;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.onnx.ModelFile;
import io.disassembler.report.ExtractionReport;
import io.disassembler.report.Report;
import io.disassembler.report.ReportedEvaluation;
import io.disassembler.search.BudgetSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report of {@code extract}.
 *
 * @param written the sub-network as it was read back
 * @param tried what was cut and measured on the way; empty if the size was asked for
 * @param heldOut images that were not profiled; empty if there are none
 * @param validation where those are
 * @param decisive whether they also decided how much was kept
 */
record ExtractReport(
    @Nullable CommandSpec spec,
    LoadedModel model,
    ExtractionSummary summary,
    Extraction extraction,
    LoadedModel written,
    List<BudgetSearch.Candidate> tried,
    List<Sample> heldOut,
    @Nullable String validation,
    boolean decisive,
    int threads) {

  Report page() {
    return heldOut.isEmpty()
        ? page(
            footprint(model, summary.result().full()),
            footprint(written, summary.result().cost()),
            null)
        : evaluated();
  }

  private Report evaluated() {
    ReportedEvaluation evaluation =
        Evaluating.run(
            model,
            extraction.card(),
            List.of(written),
            heldOut,
            model.evaluationSettings(threads, false, LatencySettings.DEFAULT));
    EvaluationResult result = evaluation.result();
    return page(
        result.reference().footprint(),
        result.networks().get(0).footprint(),
        new ExtractionReport.Evidence(
            evaluation,
            "%s; %d images, none of them profiled%s"
                .formatted(
                    validation,
                    result.images(),
                    decisive ? "; how much was kept was decided on them too" : "")));
  }

  private Report page(
      Footprint full, Footprint network, ExtractionReport.@Nullable Evidence evidence) {
    return new ExtractionReport(
            extraction,
            summary.result(),
            summary.proof(),
            full,
            new ExtractionReport.Written(
                network, Inspection.of(written.anatomy()), ModelDigest.sha256(written.file())),
            evidence,
            tried,
            TypedCommand.reproduction(spec))
        .page();
  }

  private static Footprint footprint(LoadedModel model, Cost cost) {
    return new Footprint(model.file(), cost, ModelFile.bytes(model.file()), null);
  }
}
