package io.disassembler.cli;

import io.disassembler.InvalidInputException;
import io.disassembler.Version;
import io.disassembler.comparison.CategorySet;
import io.disassembler.comparison.CellResult;
import io.disassembler.comparison.Comparison;
import io.disassembler.comparison.ComparisonReport;
import io.disassembler.comparison.Grid;
import io.disassembler.comparison.Machine;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Criterion;
import io.disassembler.surgery.Extraction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares ways of making sub-networks. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compares criteria, recoveries and budgets over category sets: cuts a sub-network for each combination and measures it on the same images. Writes tables and plots to a folder; a run that was stopped goes on where it was when it is started again.")
final class CompareCommand implements Callable<Integer> {
  private static final LatencySettings LATENCY =
      new LatencySettings(3, 20, Duration.ofMillis(1500));

  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ImageOptions images = new ImageOptions();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      required = true,
      description = "A profile of MODEL.")
  Path profile = Path.of("");

  @Option(
      names = {"--category-sets", "--categories-sets"},
      paramLabel = "SETS",
      description =
          "Category sets separated by semicolons, such as \"car;road,pavement\". Default: each category alone.")
  @Nullable String sets;

  @Option(
      names = "--criteria",
      paramLabel = "NAMES",
      split = ",",
      description = "What ranks channels; see extract --criterion. Default: every criterion.")
  List<String> criteria = List.of();

  @Option(
      names = "--recoveries",
      paramLabel = "NAMES",
      split = ",",
      description = "How what is lost is made up for; see extract --recovery. Default: every one.")
  List<String> recoveries = List.of();

  @Option(
      names = "--keep-macs",
      paramLabel = "SHARES",
      split = ",",
      defaultValue = "0.5,0.25,0.125",
      description = "Shares of the MACs to keep. Default: ${DEFAULT-VALUE}.")
  List<Double> keepMacs = List.of();

  @Option(
      names = "--latency",
      description = "Also measure each sub-network's latency; takes seconds for each.")
  boolean latency;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the results; made if it does not exist.")
  Path output = Path.of("");

  @Override
  public Integer call() {
    LoadedModel model = options.load();
    NetworkCard card = options.card(model);
    Grid grid = grid(card);
    String sha256 = ModelDigest.sha256(model.file());
    Profile learned = ProfileFile.read(profile);
    learned.requireModel(sha256, model.file().toString());
    learned.requireOutput(model.output(), model.file().toString());
    List<Sample> samples = images.samples();
    makeFolder();
    Extraction extraction =
        new Extraction(model.anatomy(), sha256, card, learned, learned.sha256());
    ComparisonReport report;
    try (ReferenceImages reference = reference(model, card, samples)) {
      report = report(model, reference, run(extraction, reference, grid));
    }
    report.write(output);
    PrintWriter out = Console.out(spec);
    out.print(report.toTable());
    out.println("Written: " + output.resolve("results.md"));
    out.flush();
    return 0;
  }

  private Grid grid(NetworkCard card) {
    return new Grid(
        sets == null ? CategorySet.each(card) : CategorySet.parse(sets, card),
        criteria.isEmpty()
            ? List.of(Criterion.values())
            : criteria.stream().map(String::strip).map(Criterion::of).toList(),
        recoveries.isEmpty()
            ? List.of(RecoveryMethod.values())
            : recoveries.stream().map(String::strip).map(RecoveryMethod::of).toList(),
        keepMacs);
  }

  private ReferenceImages reference(LoadedModel model, NetworkCard card, List<Sample> samples) {
    try (Progress progress = new Progress("Full network", samples.size())) {
      return ReferenceImages.load(
          model.evaluationSubject(),
          card,
          samples,
          model.evaluationSettings(options.threads, images.keepGoing, null),
          progress::update);
    }
  }

  private List<CellResult> run(Extraction extraction, ReferenceImages reference, Grid grid) {
    Comparison comparison = new Comparison(extraction, reference, latency ? LATENCY : null);
    int cells = grid.approaches().size() * grid.sets().size();
    try (Progress progress = new Progress("Comparing", cells)) {
      return comparison.run(grid, output, progress::update);
    }
  }

  private ComparisonReport report(
      LoadedModel model, ReferenceImages reference, List<CellResult> results) {
    return new ComparisonReport(
        String.valueOf(model.file().getFileName()),
        "%d images at %s, compared with %s"
            .formatted(reference.size(), model.input().size(), reference.labelSource()),
        commandLine(),
        Version.current(),
        LocalDate.now(ZoneId.systemDefault()),
        Machine.current(),
        results);
  }

  /** The command as it was typed, quoted for a shell. */
  private String commandLine() {
    List<String> arguments =
        spec == null ? List.of() : spec.root().commandLine().getParseResult().originalArgs();
    return "disassembler "
        + arguments.stream()
            .map(word -> word.matches("[\\w./,:=@%+-]+") ? word : "'" + word + "'")
            .collect(Collectors.joining(" "));
  }

  private void makeFolder() {
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw new InvalidInputException(output + ": the folder cannot be made: " + e, e);
    }
  }
}
