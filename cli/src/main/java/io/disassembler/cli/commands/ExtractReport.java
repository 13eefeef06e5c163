package io.disassembler.cli.commands;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.ModelFile;
import io.disassembler.report.Report;
import io.disassembler.report.ReportedEvaluation;
import io.disassembler.report.SubNetworkReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report of {@code extract}.
 *
 * @param written the sub-network as it was read back
 * @param heldOut images that were not profiled; empty if there are none
 * @param validation where those are
 * @param decisive whether they also decided how much was kept
 */
record ExtractReport(
    @Nullable CommandSpec spec,
    SegmentationNetwork model,
    Extraction extraction,
    SubNetwork small,
    SegmentationNetwork written,
    List<Sample> heldOut,
    String validation,
    boolean decisive) {

  Report page() {
    return heldOut.isEmpty()
        ? page(footprint(model, small.fullCost()), footprint(written, small.cost()), null)
        : evaluated();
  }

  private Report evaluated() {
    ReportedEvaluation evaluation =
        Evaluating.run(
            model,
            List.of(written),
            ImageSet.of(validation, new DataSet(heldOut, null)),
            LatencySettings.DEFAULT);
    EvaluationResult result = evaluation.result();
    return page(
        result.reference().footprint(),
        result.networks().get(0).footprint(),
        new SubNetworkReport.Evidence(
            evaluation,
            "%s; %d images, none of them profiled%s"
                .formatted(
                    validation,
                    result.images(),
                    decisive ? "; how much was kept was decided on them too" : "")));
  }

  private Report page(
      Footprint full, Footprint network, SubNetworkReport.@Nullable Evidence evidence) {
    return new SubNetworkReport(
            extraction,
            small.extracted(),
            small.proof(),
            full,
            new SubNetworkReport.Written(network, written.inspect(), written.sha256()),
            evidence,
            small.tried(),
            TypedCommand.reproduction(spec))
        .page();
  }

  private static Footprint footprint(SegmentationNetwork model, Cost cost) {
    return new Footprint(model.file(), cost, ModelFile.bytes(model.file()), null);
  }
}
