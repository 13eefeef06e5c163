package io.disassembler.cli.commands;

import io.disassembler.EvaluateRequest;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.options.ImageOptions;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ReportOption;
import io.disassembler.cli.options.SparkOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Papers;
import io.disassembler.cli.output.ProbeSummary;
import io.disassembler.cli.output.Provenance;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Plan;
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
        "Compares sub-networks with the network they were cut from, in ONNX Runtime, on the same images: IoU and retention of each category, false positives, parameters, MACs, file size, latency. Where there are masks, the images' own pixels are counted, whatever the size of the input.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler evaluate model.onnx small.onnx --images photos --masks masks",
      "  disassembler evaluate model.onnx small.onnx smaller.onnx \\",
      "      --images cityscapes:data:val --report report.html"
    })
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

  @Option(
      names = "--probe",
      description =
          "Also ask what of each removed category a linear classifier can still read from the last feature map: every other image teaches it what MODEL decides, the rest judge.")
  boolean probed;

  @Mixin SparkOptions spark = new SparkOptions();

  @Mixin JsonOption json = new JsonOption();

  @Mixin ReportOption report = new ReportOption();

  @Override
  public Integer call() {
    if (spark.given()) {
      return onSpark();
    }
    SegmentationNetwork full = options.open(images);
    List<SegmentationNetwork> subjects =
        networks.stream().map(file -> full.opening().of(file).open()).toList();
    requireOrder(full, subjects);
    ReportedEvaluation evaluation =
        Evaluating.run(
            full, subjects, images.set(), withoutLatency ? null : LatencySettings.DEFAULT);
    EvaluationResult result = evaluation.result();
    PrintWriter out = Console.out(spec);
    out.print(result.toTable());
    out.flush();
    ProbeSummary probe = probed ? probe(full, subjects) : ProbeSummary.NONE;
    probe.print(out);
    json.write(probe.addedTo(result.toJson()), Provenance.Images.of(images.set()));
    EvaluateReport page = new EvaluateReport(spec, images, evaluation);
    report.write(page::page, out);
    return 0;
  }

  private int onSpark() {
    String main = "io.disassembler.spark.SparkEvaluate";
    if (!json.given()) {
      return SparkSubmit.run(spark, spec, main);
    }
    try (SparkEvaluation made = new SparkEvaluation()) {
      int code = SparkSubmit.run(spark, spec, main, made.arguments());
      if (code == 0) {
        json.write(made.json(), made.images(images.typed()));
      }
      return code;
    }
  }

  private ProbeSummary probe(SegmentationNetwork full, List<SegmentationNetwork> subjects) {
    EvaluateRequest request = full.evaluate(images.set());
    subjects.forEach(request::of);
    return new ProbeSummary(request.probe());
  }

  /** Arguments are easily swapped; a sub-network knows what it was cut from. */
  private static void requireOrder(SegmentationNetwork full, List<SegmentationNetwork> subjects) {
    Plan plan = Papers.of(full.network()).plan();
    if (plan == null) {
      return;
    }
    for (SegmentationNetwork subject : subjects) {
      if (plan.model().equals(subject.sha256())) {
        throw new InvalidInputException(
            "%s was cut from %s; expected the full network first: evaluate %s %s"
                .formatted(full.file(), subject.file(), subject.file(), full.file()));
      }
    }
  }
}
