package io.disassembler.cli.commands;

import io.disassembler.CalibrationSet;
import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Build;
import io.disassembler.cli.options.CalibrationOptions;
import io.disassembler.cli.options.ComparedFinetuning;
import io.disassembler.cli.options.ImageOptions;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ReportOption;
import io.disassembler.cli.options.ShareConverter;
import io.disassembler.cli.options.Typed;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Outputs;
import io.disassembler.cli.output.Progress;
import io.disassembler.cli.output.Provenance;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.cli.output.Writes;
import io.disassembler.comparison.CategorySet;
import io.disassembler.comparison.CellResult;
import io.disassembler.comparison.Comparison;
import io.disassembler.comparison.ComparisonReport;
import io.disassembler.comparison.Explanations;
import io.disassembler.comparison.Finetuning;
import io.disassembler.comparison.Grid;
import io.disassembler.comparison.Machine;
import io.disassembler.data.NetworkCard;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.extraction.Extraction;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Criterion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
        "Compares criteria, recoveries and budgets over category sets: cuts a sub-network for each combination and measures it on the same images. Writes tables and plots to a folder; a run that was stopped goes on where it was when it is started again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler compare model.onnx --profile model.profile.h5 \\",
      "      --images test/images --masks test/masks --output comparison",
      "  disassembler compare model.onnx --profile model.profile.h5 \\",
      "      --images test/images --category-sets \"car;road,pavement\" \\",
      "      --criteria reconstruction,l1 --keep-macs 0.5,0.25 --output comparison"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final LatencySettings LATENCY =
      new LatencySettings(3, 20, Duration.ofMillis(1500));

  /** So many images say as much of each layer as more. */
  private static final int EXPLAINING = 8;

  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ImageOptions images = new ImageOptions();

  @Option(
      names = "--profile",
      paramLabel = "FILES",
      required = true,
      split = ",",
      description =
          "Profiles of MODEL; several, such as one made with and one without masks, are compared too.")
  List<Path> profiles = List.of();

  @Option(
      names = "--category-sets",
      paramLabel = "SETS",
      description =
          "Category sets separated by semicolons, such as \"car;road,pavement\". Default: each category alone.")
  @Nullable String sets;

  @HelpSection.In(HelpSection.KEPT)
  @Option(
      names = "--criteria",
      paramLabel = "CRITERIA",
      split = ",",
      completionCandidates = Typed.Criteria.class,
      description = "What ranks channels: ${COMPLETION-CANDIDATES}. Default: every one.")
  List<String> criteria = List.of();

  @HelpSection.In(HelpSection.RECOVERY)
  @Option(
      names = "--recoveries",
      paramLabel = "METHODS",
      split = ",",
      completionCandidates = Typed.Recoveries.class,
      description =
          "How what is lost is made up for: ${COMPLETION-CANDIDATES}; see extract --recovery. Default: every one, closed-loop only with --calibration.")
  List<String> recoveries = List.of();

  @HelpSection.In(HelpSection.RECOVERY)
  @Option(
      names = "--calibration",
      paramLabel = "DIR",
      description =
          "Folder of images for closed-loop recovery, others than --images; see --calibrate.")
  @Nullable String calibrationImages;

  @Mixin CalibrationOptions calibration = new CalibrationOptions();
  @Mixin ComparedFinetuning finetuning = new ComparedFinetuning();

  @HelpSection.In(HelpSection.KEPT)
  @Option(
      names = "--keep-macs",
      paramLabel = "SHARES",
      split = ",",
      defaultValue = "0.5,0.25,0.125",
      converter = ShareConverter.class,
      description = "Shares of the MACs to keep. Default: ${DEFAULT-VALUE}.")
  List<Double> keepMacs = List.of();

  @Option(
      names = "--latency",
      description = "Also measure each sub-network's latency; takes seconds for each.")
  boolean latency;

  @Option(
      names = "--explain",
      description =
          "Also say where the quality went: for each sub-network the harm that was predicted of each cut and what the cut alone does to the decisions, and the error of each layer, on 8 of --images; takes a minute or so for each. In "
              + Explanations.PAGE
              + " and "
              + Explanations.JSON
              + ".")
  boolean explain;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(folder = true, continued = Comparison.LOG)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the results; made if it does not exist.")
  Path output = Path.of("");

  @Mixin JsonOption json = new JsonOption();
  @Mixin ReportOption page = new ReportOption();

  @Override
  public Integer call() {
    SegmentationNetwork model = options.open(images);
    List<Finetuning> finetunings = finetuning.of(model, images);
    Grid grid = grid(model.card(), finetunings);
    Map<String, Extraction> extractions = new LinkedHashMap<>();
    for (Path file : profiles) {
      extractions.put(name(file), model.extraction(model.readProfile(file)));
    }
    ImageSet judged = images.set();
    Outputs.makeFolder(output);
    CalibrationSet drawn = calibration(model, extractions, grid);
    Calibration followed = drawn == null ? null : drawn.load(model);
    ComparisonReport report;
    try (ReferenceImages reference = model.reference(judged)) {
      report =
          report(
              model,
              reference,
              extractions,
              run(extractions, reference, followed, finetunings, grid));
    }
    report.write(output);
    PrintWriter out = Console.out(spec);
    out.print(report.toTable());
    if (explain) {
      explain(model, extractions, followed, report.results(), grid.sets());
      out.println("Written: " + output.resolve(Explanations.PAGE));
    }
    out.println("Written: " + output.resolve("results.md"));
    out.flush();
    json.write(report.toJson(), imagesBehind(extractions, judged, drawn));
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(model.file().toString(), model.sha256());
    extractions.forEach((name, made) -> hashes.put("profile " + name, made.profileSha256()));
    CompareReport written =
        new CompareReport(
            spec,
            report,
            grid.sets(),
            new ComparedExample(model, extractions, followed, judged),
            hashes);
    page.write(written::page, out);
    return 0;
  }

  private Provenance.Images[] imagesBehind(
      Map<String, Extraction> extractions, ImageSet judged, @Nullable CalibrationSet drawn) {
    List<Provenance.Images> behind = new ArrayList<>();
    behind.add(Provenance.Images.of(judged));
    extractions.forEach(
        (name, made) -> behind.add(Provenance.Images.of("profile " + name, made.profile())));
    if (drawn != null) {
      behind.add(Provenance.Images.of(drawn.drawn()));
    }
    return behind.toArray(Provenance.Images[]::new);
  }

  /** The file's name without its endings. */
  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(\\.profile)?\\.[^.]*$", "");
  }

  private Grid grid(NetworkCard card, List<Finetuning> finetunings) {
    return new Grid(
        profiles.stream().map(CompareCommand::name).toList(),
        sets == null ? CategorySet.each(card) : CategorySet.parse(sets, card),
        criteria.isEmpty()
            ? List.of(Criterion.values())
            : criteria.stream().map(String::strip).map(Criterion::of).toList(),
        recoveries.isEmpty()
            ? Arrays.stream(RecoveryMethod.values())
                .filter(m -> m != RecoveryMethod.TUNED)
                .filter(m -> !m.followsImages() || calibrationImages != null)
                .toList()
            : recoveries.stream().map(String::strip).map(RecoveryMethod::of).toList(),
        keepMacs,
        finetunings.stream().map(Finetuning::name).toList());
  }

  /** The same images for all, hence some that show each of all sets' categories. */
  private @Nullable CalibrationSet calibration(
      SegmentationNetwork model, Map<String, Extraction> extractions, Grid grid) {
    if (calibrationImages == null) {
      return null;
    }
    List<Integer> chosen =
        grid.sets().stream().flatMap(set -> set.categories().stream()).distinct().toList();
    return calibration
        .of(
            ImageSet.open(calibrationImages, null)
                .withSeed(images.seed())
                .keepGoing(images.keepGoing()))
        .showing(model, extractions.values().iterator().next().profile(), chosen);
  }

  private List<CellResult> run(
      Map<String, Extraction> extractions,
      ReferenceImages reference,
      @Nullable Calibration followed,
      List<Finetuning> finetunings,
      Grid grid) {
    Comparison comparison =
        new Comparison(extractions, reference, followed, finetunings, latency ? LATENCY : null);
    try (Progress progress = new Progress("Comparing", grid.cells().size())) {
      return comparison.run(grid, output, progress::update);
    }
  }

  private void explain(
      SegmentationNetwork model,
      Map<String, Extraction> extractions,
      @Nullable Calibration followed,
      List<CellResult> results,
      List<CategorySet> sets) {
    Calibration seen = new CalibrationSet(images.set(), EXPLAINING).load(model);
    try (Progress progress = new Progress("Explaining", results.size())) {
      new Explanations(extractions, followed, seen).of(results, sets, output, progress::update);
    }
  }

  private ComparisonReport report(
      SegmentationNetwork model,
      ReferenceImages reference,
      Map<String, Extraction> extractions,
      List<CellResult> results) {
    Map<String, String> made = new LinkedHashMap<>();
    extractions.forEach(
        (name, extraction) -> {
          Profile learned = extraction.profile();
          made.put(
              name,
              "%d images, %s"
                  .formatted(
                      learned.images().size(),
                      learned.header().labelled() ? "with masks" : "without masks"));
        });
    return new ComparisonReport(
        String.valueOf(model.file().getFileName()),
        "%d images at %s, compared with %s"
            .formatted(reference.size(), model.size(), reference.labelSource()),
        made,
        TypedCommand.of(spec),
        Build.version(),
        LocalDate.now(ZoneId.systemDefault()),
        Machine.current(),
        results);
  }
}
