package io.disassembler.cli.commands;

import io.disassembler.attribution.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Inspection;
import io.disassembler.check.ExtractionProof;
import io.disassembler.cli.options.CalibrationOptions;
import io.disassembler.cli.options.GoalOptions;
import io.disassembler.cli.options.LoadedModel;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ProfilingOptions;
import io.disassembler.cli.options.ReportOption;
import io.disassembler.cli.options.RequirementOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.ExtractionSummary;
import io.disassembler.cli.output.OutputFile;
import io.disassembler.cli.output.TextFile;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Plan;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.search.BudgetSearch;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cuts a sub-network for some categories. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description =
        "Cuts a physically smaller network for the chosen categories, without training. Its outputs are 'other' and the chosen categories. Uses a profile, or profiles on the fly over --images.")
public final class ExtractCommand implements Callable<Integer> {
  private static final int ON_THE_FLY = 100;

  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ProfilingOptions profiling = new ProfilingOptions();
  @Mixin CalibrationOptions calibration = new CalibrationOptions();
  @Mixin GoalOptions goals = new GoalOptions();
  @Mixin RequirementOptions requirements = new RequirementOptions();

  @Option(
      names = {"-c", "--categories"},
      paramLabel = "NAMES",
      description = "The categories to keep, such as car,pedestrian; names or numbers.")
  @Nullable String categories;

  @Option(names = "--profile", paramLabel = "FILE", description = "A profile of MODEL.")
  @Nullable Path profile;

  @Option(
      names = "--criterion",
      paramLabel = "NAME",
      description =
          "What ranks channels: reconstruction, forward, backward, cooperation, taylor, l1, l2, fpgm, bn_scale, activation, apoz, wanda, random. Default: ${DEFAULT-VALUE}.",
      defaultValue = "reconstruction")
  String criterion = "reconstruction";

  @Option(
      names = "--recovery",
      paramLabel = "NAME",
      description =
          "How what is lost is made up for, without training: none, mean, ridge, closed-loop (follows images through both networks). Default: closed-loop with --images, ridge without.")
  @Nullable String recovery;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Make a sub-network again: a plan as JSON, or a sub-network that carries its own.")
  @Nullable Path plan;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the sub-network goes.")
  Path output = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the summary as JSON.")
  @Nullable Path json;

  @Mixin ReportOption report = new ReportOption();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Goal goal = goals.goal();
    Criterion ranking = Criterion.of(criterion);
    RecoveryMethod method = recovery();
    requirements.requireUse(report.given());
    if (requirements.given() && (goals.given() || plan != null)) {
      throw new InvalidInputException(
          "--min-retention and --max-latency-ms decide how much is kept; leave out "
              + (plan != null ? "--plan" : goal.text()));
    }
    if ((categories == null) == (plan == null)) {
      throw new InvalidInputException(
          "expected either --categories, such as --categories car,pedestrian, or --plan FILE");
    }
    OutputFile.requireOtherThan(options.file(), output);
    OutputFile.requireIfAny(json);
    report.require();
    LoadedModel model = options.load();
    NetworkCard card = options.card(model, profiling.images().legend());
    List<Integer> chosen = categories == null ? List.of() : chosen(categories, card, model);
    String sha256 = ModelDigest.sha256(model.file());
    Profile learned = profile(model, card, sha256);
    Extraction extraction =
        new Extraction(model.anatomy(), sha256, card, learned, learned.sha256());
    List<Sample> heldOut = report.given() ? requirements.heldOut(extraction) : List.of();
    Made made =
        plan == null
            ? extract(model, extraction, chosen, recipe(model, card, ranking, goal, method))
            : replay(model, card, extraction, readPlan(plan), plan.toString());
    Extraction.SubNetwork result = made.network();
    ExtractionProof proof = ExtractionProof.of(model.input(), result, options.threads());
    OnnxWriter.write(result.network(), output);
    ExtractionSummary summary =
        new ExtractionSummary(
            model.file(),
            Inspection.of(model.anatomy()),
            result,
            proof,
            output,
            (System.nanoTime() - start) / 1e9);
    summary.print(Console.out(spec));
    if (json != null) {
      TextFile.write(json, summary.toJson());
    }
    if (report.given()) {
      ExtractReport page =
          new ExtractReport(
              spec,
              model,
              summary,
              extraction,
              options.load(output),
              made.tried(),
              heldOut,
              requirements.validation(),
              requirements.minRetention(),
              options.threads());
      report.write(page::page, Console.out(spec));
    }
    return 0;
  }

  private RecoveryMethod recovery() {
    if (recovery != null) {
      return RecoveryMethod.of(recovery);
    }
    return !profiling.images().given() ? RecoveryMethod.RIDGE : RecoveryMethod.CLOSED_LOOP;
  }

  private Extraction.Recipe recipe(
      LoadedModel model, NetworkCard card, Criterion ranking, Goal goal, RecoveryMethod method) {
    boolean calibrated = method == RecoveryMethod.CLOSED_LOOP && profiling.images().given();
    return new Extraction.Recipe(ranking, goal, method, calibrated ? calibrate(model, card) : null);
  }

  private Calibration calibrate(LoadedModel model, NetworkCard card) {
    return calibration.load(model, card, profiling.images().all(), profiling.images());
  }

  private Made extract(
      LoadedModel model, Extraction extraction, List<Integer> chosen, Extraction.Recipe recipe) {
    if (!requirements.given()) {
      return new Made(extraction.extract(chosen, recipe), List.of());
    }
    BudgetSearch.Found found =
        requirements.search(
            model,
            options.threads(),
            extraction,
            chosen,
            budget -> extraction.extract(chosen, recipe.within(budget)),
            Console.out(spec));
    return new Made(found.network(), found.tried());
  }

  /**
   * A sub-network.
   *
   * @param tried what was cut and measured on the way; empty if the size was asked for
   */
  private record Made(Extraction.SubNetwork network, List<BudgetSearch.Candidate> tried) {}

  private Made replay(
      LoadedModel model, NetworkCard card, Extraction extraction, Plan read, String file) {
    boolean calibrated = read.calibration() != null && profiling.images().given();
    return new Made(
        extraction.replay(read, file, calibrated ? calibrate(model, card) : null), List.of());
  }

  private static List<Integer> chosen(String names, NetworkCard card, LoadedModel model) {
    try {
      return card.parse(names);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(model.file() + ": " + e.getMessage(), e);
    }
  }

  private Profile profile(LoadedModel model, NetworkCard card, String sha256) {
    if (profile != null) {
      Profile saved = ProfileFile.read(profile);
      saved.requireModel(sha256, model.file().toString());
      saved.requireOutput(model.output(), model.file().toString());
      return saved;
    }
    if (!profiling.images().given()) {
      throw new InvalidInputException(
          "expected --profile FILE, or --images DIR to profile on the fly");
    }
    return profiling.profile(
        model, card, profiling.images().samples(ON_THE_FLY), Checkpoint.none());
  }

  private static Plan readPlan(Path file) {
    try {
      byte[] start = new byte[1];
      try (var in = Files.newInputStream(file)) {
        if (in.read(start) == 1 && start[0] == '{') {
          return Plan.fromJson(Files.readString(file), file.toString());
        }
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such plan", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": the plan cannot be read: " + e, e);
    }
    String embedded = OnnxReader.read(file).metadata().get(Plan.METADATA_KEY);
    if (embedded == null) {
      throw new InvalidInputException(
          file + ": carries no plan; expected a plan as JSON or a sub-network made by extract");
    }
    return Plan.fromJson(embedded, file.toString());
  }
}
