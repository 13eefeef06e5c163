package io.disassembler.cli.commands;

import io.disassembler.base.Numbers;
import io.disassembler.cli.options.ImageOptions;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.figures.LineChart;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.report.Curves;
import io.disassembler.report.Facts;
import io.disassembler.report.Report;
import io.disassembler.report.ReportedEvaluation;
import io.disassembler.report.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The report of {@code evaluate}. */
record EvaluateReport(
    @Nullable CommandSpec spec, ImageOptions images, ReportedEvaluation evaluation) {

  Report page() {
    return new Report(title(), lead(), sections());
  }

  private String title() {
    return "Evaluation of " + full().getFileName();
  }

  private String lead() {
    return measured()
        .max(Comparator.comparingDouble(NetworkResult::meanRetention))
        .map(this::lead)
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "mIoU %.3f on %d images.",
                    evaluation.result().reference().meanIou(),
                    evaluation.result().images()));
  }

  private String lead(NetworkResult best) {
    return String.format(
        Locale.ROOT,
        "%s keeps %.1f %% of the full network's IoU with %s of its MACs, on %d images.",
        best.footprint().file().getFileName(),
        100 * best.meanRetention(),
        Numbers.percentOf(
            best.footprint().cost().macs(),
            evaluation.result().reference().footprint().cost().macs()),
        evaluation.result().images());
  }

  /** The networks of which something was to be seen: others have no retention. */
  private Stream<NetworkResult> measured() {
    return evaluation.result().networks().stream()
        .filter(network -> Double.isFinite(network.meanRetention()));
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Facts("What was asked", asked()));
    sections.add(evaluation.costs());
    sections.add(evaluation.categories());
    if (evaluation.result().networks().size() > 1) {
      sections.add(retention());
    }
    sections.addAll(evaluation.layers());
    sections.addAll(evaluation.examples("full network", "sub-network"));
    sections.addAll(TypedCommand.reproduction(spec).sections(hashes()));
    return sections;
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("full network", full().toString());
    files().forEach(file -> asked.merge("sub-networks", file.toString(), (a, b) -> a + ", " + b));
    asked.put("images", images.text());
    return asked;
  }

  /** The networks in the order of what they cost. */
  private Section retention() {
    EvaluationResult result = evaluation.result();
    double full = result.reference().footprint().cost().macs();
    List<NetworkResult> ordered =
        measured()
            .sorted(Comparator.comparingLong(network -> network.footprint().cost().macs()))
            .toList();
    LineChart.Line line =
        new LineChart.Line(
            "sub-networks",
            ordered.stream().map(network -> network.footprint().cost().macs() / full).toList(),
            ordered.stream().map(NetworkResult::meanRetention).toList());
    return new Curves(
        "Retention against budget",
        "Mean retention of the chosen categories against the share of the MACs, one point for each sub-network.",
        new LineChart(
            "Retention against MACs",
            "share of the MACs",
            "mean retention",
            ordered.isEmpty() ? List.of() : List.of(line)));
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(full().toString(), ModelDigest.sha256(full()));
    files().forEach(file -> hashes.put(file.toString(), ModelDigest.sha256(file)));
    return hashes;
  }

  private Path full() {
    return evaluation.result().reference().footprint().file();
  }

  private List<Path> files() {
    return evaluation.result().networks().stream()
        .map(network -> network.footprint().file())
        .toList();
  }
}
