package io.disassembler.explorer.work;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.check.ExtractionProof;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationResult.ReferenceResult;
import io.disassembler.evaluation.WorstPredictions;
import io.disassembler.extraction.Extraction;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.report.Report;
import io.disassembler.report.ReportedEvaluation;
import io.disassembler.report.Reproduction;
import io.disassembler.report.SubNetworkReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The report of a sub-network that is measured. It names files as clients know them, not where they
 * lie.
 *
 * @param name what the sub-network's files are called, without their endings
 */
public record CutReport(Work work, Cut cut, String name) {

  /**
   * The page.
   *
   * @param made the sub-network, made again
   */
  public Report page(Extraction.SubNetwork made, ExtractionProof proof) {
    Subject subject = work.subject();
    Inspection layers =
        Inspection.of(
            Anatomy.of(made.network(), subject.input().shapes(), subject.anatomy().threads()));
    WorstPredictions worst = ReportedEvaluation.worst(1);
    EvaluationResult result =
        named(work.judge().evaluate(file(), cut.cost(), cut.latency(), worst));
    return new SubNetworkReport(
            subject.extraction(),
            made,
            proof,
            result.reference().footprint(),
            new SubNetworkReport.Written(
                result.networks().get(0).footprint(), layers, ModelDigest.sha256(file())),
            new SubNetworkReport.Evidence(
                new ReportedEvaluation(
                    Inspection.of(subject.anatomy()), List.of(layers), result, worst),
                images(result.images())),
            List.of(),
            new Reproduction(command(), null))
        .page();
  }

  private Path file() {
    return Objects.requireNonNull(cut.file()).file();
  }

  private String full() {
    return String.valueOf(work.subject().file().getFileName());
  }

  private EvaluationResult named(EvaluationResult result) {
    NetworkResult network = result.networks().get(0);
    return new EvaluationResult(
        result.labels(),
        result.images(),
        result.broken(),
        result.size(),
        result.threads(),
        new ReferenceResult(
            result.reference().footprint().named(full()), result.reference().categories()),
        List.of(
            new NetworkResult(
                network.footprint().named(name + ".onnx"), network.categories(), network.other())));
  }

  private String images(int measured) {
    int profiled = work.judge().profiled();
    int shown = work.judge().samples().size();
    return "%d of the explorer's %d images, spread evenly over them; %s"
        .formatted(
            measured,
            work.subject().samples().size(),
            profiled == 0
                ? "none of them profiled"
                : (profiled == shown ? "all" : profiled) + " of them profiled, which flatters");
  }

  private @Nullable String command() {
    Replay replay = work.replay();
    return replay == null ? null : replay.command(full(), name);
  }
}
