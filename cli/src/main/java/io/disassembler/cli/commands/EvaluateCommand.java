package io.disassembler.cli.commands;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Replacement;
import io.disassembler.cli.options.ImageOptions;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ReportOption;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.Writes;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.report.ReportedEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares sub-networks with the network that they were cut from. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Compares sub-networks with the network they were cut from, in ONNX Runtime, on the same images: IoU and retention of each category, false positives, parameters, MACs, file size, latency.")
public final class EvaluateCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();

  @Parameters(
      index = "1..*",
      paramLabel = "SUBNETWORK",
      description = "Networks cut from MODEL. With none, MODEL alone is evaluated.")
  List<Path> networks = new ArrayList<>();

  @Mixin ImageOptions images = new ImageOptions();

  @Option(names = "--no-latency", negatable = false, description = "Do not measure latency.")
  boolean withoutLatency;

  @Writes
  @Option(names = "--json", paramLabel = "FILE", description = "Also write the result as JSON.")
  @Nullable Path json;

  @Mixin ReportOption report = new ReportOption();

  @Override
  public Integer call() {
    SegmentationNetwork full = options.open(images);
    List<SegmentationNetwork> subjects =
        networks.stream().map(file -> full.opening().of(file).open()).toList();
    ReportedEvaluation evaluation =
        Evaluating.run(
            full, subjects, images.set(), withoutLatency ? null : LatencySettings.DEFAULT);
    EvaluationResult result = evaluation.result();
    PrintWriter out = Console.out(spec);
    out.print(result.toTable());
    out.flush();
    if (json != null) {
      Replacement.write(json, result.toJson());
      out.println("Written: " + json);
    }
    EvaluateReport page = new EvaluateReport(spec, images, evaluation);
    report.write(page::page, out);
    return 0;
  }
}
