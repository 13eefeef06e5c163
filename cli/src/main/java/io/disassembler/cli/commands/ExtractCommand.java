package io.disassembler.cli.commands;

import io.disassembler.CalibrationSet;
import io.disassembler.Defaults;
import io.disassembler.ExtractRequest;
import io.disassembler.HeldOut;
import io.disassembler.ImageSet;
import io.disassembler.ProfileRequest;
import io.disassembler.ReplayRequest;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Replacement;
import io.disassembler.cli.options.CalibrationOptions;
import io.disassembler.cli.options.GoalOptions;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ProfilingOptions;
import io.disassembler.cli.options.ReportOption;
import io.disassembler.cli.options.RequirementOptions;
import io.disassembler.cli.options.TuningOptions;
import io.disassembler.cli.options.Typed;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.ExtractionJson;
import io.disassembler.cli.output.ExtractionTable;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.OptionWording;
import io.disassembler.cli.output.Provenance;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ColorOrder;
import io.disassembler.data.Sample;
import io.disassembler.extraction.PlanFile;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.report.SampleProgram;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.GivenScores;
import io.disassembler.selection.Goal;
import io.disassembler.selection.ScoringRule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        "Cuts a physically smaller network for the chosen categories, without training. Its outputs are 'other' and the chosen categories. Uses a profile, or profiles the chosen categories on the fly over --images.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler extract model.onnx --profile model.profile.h5 \\",
      "      --categories car,pedestrian --keep-macs 50%% --output small.onnx",
      "  disassembler extract model.onnx --images photos --categories car \\",
      "      --output car.onnx --sample run_car.py",
      "  disassembler extract model.onnx --profile model.profile.h5 --images photos \\",
      "      --categories car --min-retention 0.98 --validation others \\",
      "      --output car.onnx",
      "  disassembler extract model.onnx --profile model.profile.h5 --plan car.onnx \\",
      "      --output again.onnx"
    })
public final class ExtractCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ProfilingOptions profiling = new ProfilingOptions();
  @Mixin CalibrationOptions calibration = new CalibrationOptions();
  @Mixin GoalOptions goals = new GoalOptions();
  @Mixin RequirementOptions requirements = new RequirementOptions();
  @Mixin TuningOptions tuning = new TuningOptions();

  @Option(
      names = {"-c", "--categories"},
      paramLabel = "NAMES",
      description = "The categories to keep, such as car,pedestrian; names or numbers.")
  @Nullable String categories;

  @Option(names = "--profile", paramLabel = "FILE", description = "A profile of MODEL.")
  @Nullable Path profile;

  @HelpSection.In(HelpSection.KEPT)
  @Option(
      names = "--criterion",
      paramLabel = "CRITERION",
      description = "What ranks channels: ${COMPLETION-CANDIDATES}. Default: reconstruction.",
      completionCandidates = Typed.Criteria.class)
  @Nullable String criterion;

  @HelpSection.In(HelpSection.KEPT)
  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description =
          "Instead of --criterion: a number for each kernel of each layer, the higher the rather kept, as JSON or HDF5; see docs/plan.md.")
  @Nullable Path scores;

  @HelpSection.In(HelpSection.RECOVERY)
  @Option(
      names = "--recovery",
      paramLabel = "METHOD",
      completionCandidates = Typed.Recoveries.class,
      description =
          "How what is lost is made up for, without labels: ${COMPLETION-CANDIDATES}. closed-loop follows images through both networks; tuned then trains for minutes towards MODEL's decisions on all of --images. Default: closed-loop with --images, ridge without.")
  @Nullable String recovery;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Make a sub-network again: a plan as JSON, or a sub-network that carries its own.")
  @Nullable Path plan;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(beside = {StateCheckpoint.ENDING, ProfileRequest.PARTIAL})
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the sub-network goes.")
  Path output = Path.of("");

  @Mixin JsonOption json = new JsonOption();

  @HelpSection.In(HelpSection.OUTPUT)
  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same options was stopped (FILE.checkpoint and FILE.partial, written from time to time); the result is that of a run in one go.")
  boolean resume;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes
  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description =
          "Also write a short Python program that runs the sub-network in ONNX Runtime, with its card's preprocessing and its categories (docs/deploy.md).")
  @Nullable Path sample;

  @Mixin ReportOption report = new ReportOption();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Goal goal = goals.goal();
    ScoringRule ranking = ranking();
    requirements.requireUse(report.given());
    tuning.require(isTuned(), profiling.images().given(), plan != null);
    if (requirements.given() && (goals.given() || plan != null)) {
      throw new InvalidInputException(
          "--min-retention, --max-latency-ms and --keep-latency decide how much is kept; leave out "
              + (plan != null ? "--plan" : OptionWording.of(goal)));
    }
    if ((categories == null) == (plan == null)) {
      throw new InvalidInputException(
          "expected either --categories, such as --categories car,pedestrian, or --plan FILE");
    }
    SegmentationNetwork network =
        options.opening().legend(profiling.images().legend()).device(profiling.device()).open();
    requireSampleOf(network);
    ExtractRequest request = categories == null ? null : network.extract(categories.split(",", -1));
    ImageSet shown = profile == null ? shown() : null;
    Checkpoint profiled = Checkpoint.beside(output, ProfileRequest.PARTIAL, resume);
    StateCheckpoint checkpoint = StateCheckpoint.beside(output, resume);
    Profile learned =
        shown == null
            ? network.readProfile(Objects.requireNonNull(profile))
            : profiled(network, shown).run(profiled);
    List<Sample> heldOut =
        report.given()
            ? requirements
                .validation()
                .map(set -> new HeldOut(set).samples(learned))
                .orElse(List.of())
            : List.of();
    CalibrationSet followed = followed(network, learned);
    SubNetwork small =
        request == null
            ? replay(network, learned, followed, checkpoint)
            : extract(network, request.from(learned).by(ranking), followed, goal, checkpoint);
    PrintWriter out = Console.out(spec);
    small.tried().forEach(candidate -> out.println("tried: " + candidate));
    small.write(output);
    checkpoint.remove();
    profiled.remove();
    double seconds = (System.nanoTime() - start) / 1e9;
    ExtractionTable.print(out, network, small, output, seconds);
    if (sample != null) {
      Replacement.write(sample, sampleProgram(network).text(sample));
      out.println("Written: " + sample);
    }
    json.write(
        ExtractionJson.of(
            network,
            small,
            output,
            seconds,
            shown == null ? null : network.doubt(shown).orElse(null)),
        imagesBehind(learned, small, followed));
    if (report.given()) {
      ExtractReport page =
          new ExtractReport(
              spec,
              network,
              network.extraction(learned),
              small,
              network.opening().of(output).open(),
              heldOut,
              requirements.validation().map(ImageSet::name).orElse(""),
              requirements.decides());
      report.write(page::page, out);
      requirements.sayWhatIsLacking(out);
    }
    return 0;
  }

  private Provenance.Images[] imagesBehind(
      Profile learned, SubNetwork small, @Nullable CalibrationSet followed) {
    List<Provenance.Images> images = new ArrayList<>();
    images.add(
        Provenance.Images.of(
            profile == null ? profiling.images().all().name() : profile.toString(), learned));
    if (small.plan().calibration() != null && followed != null) {
      images.add(Provenance.Images.of(followed.drawn()));
    }
    requirements.validation().map(Provenance.Images::of).ifPresent(images::add);
    return images.toArray(Provenance.Images[]::new);
  }

  private void requireSampleOf(SegmentationNetwork network) {
    if (sample != null && network.card().color() == ColorOrder.BANDS) {
      throw new InvalidInputException(
          "--sample: no program is written for images of bands that are no colours; leave it out");
    }
  }

  private SampleProgram sampleProgram(SegmentationNetwork full) {
    SegmentationNetwork small = full.opening().of(output).open();
    return new SampleProgram(
        output,
        small.card(),
        CategoryMapping.fromMetadata(small.network().metadata(), output.toString())
            .orElseGet(() -> CategoryMapping.identity(small.categories())),
        small.size(),
        small.network().boundary(),
        small.thresholds());
  }

  private ScoringRule ranking() {
    if (scores == null) {
      return criterion == null ? Defaults.CRITERION : Criterion.of(criterion);
    }
    if (criterion != null || plan != null) {
      throw new InvalidInputException(
          "--scores: ranks channels itself; leave out "
              + (plan != null ? "--plan" : "--criterion"));
    }
    return GivenScores.read(scores);
  }

  private boolean isTuned() {
    return RecoveryMethod.TUNED.id().equals(recovery);
  }

  private SubNetwork extract(
      SegmentationNetwork network,
      ExtractRequest request,
      @Nullable CalibrationSet followed,
      Goal goal,
      StateCheckpoint checkpoint) {
    if (recovery != null) {
      request.recovery(RecoveryMethod.of(recovery));
    }
    if (followed != null) {
      request.recoverWith(followed);
      if (isTuned()) {
        request.tunedBy(tuning.tuner(network, followed, checkpoint));
      }
    }
    goals.resolution().ifPresent(request::resolution);
    if (requirements.given()) {
      requirements.addTo(request);
    } else {
      request.keep(goal);
    }
    return request.savingTo(checkpoint).run();
  }

  private SubNetwork replay(
      SegmentationNetwork network,
      Profile learned,
      @Nullable CalibrationSet followed,
      StateCheckpoint checkpoint) {
    ReplayRequest request = network.replay(Objects.requireNonNull(plan)).from(learned);
    if (followed != null) {
      request.recoverWith(followed).tunedBy(tuning.tuner(network, followed, checkpoint));
    }
    return request.savingTo(checkpoint).run();
  }

  /** What recovery follows, if there are images. */
  private @Nullable CalibrationSet followed(SegmentationNetwork network, Profile learned) {
    if (!profiling.images().given()) {
      return null;
    }
    CalibrationSet drawn = calibration.of(profiling.images().all());
    return followsImages() ? drawn.showing(network, learned, chosen(network)) : drawn;
  }

  private boolean followsImages() {
    return plan == null
        ? recovery == null || RecoveryMethod.of(recovery).followsImages()
        : PlanFile.read(plan).calibration() != null;
  }

  private List<Integer> chosen(SegmentationNetwork network) {
    return plan == null
        ? network.card().parse(Objects.requireNonNull(categories))
        : network.replay(plan).categories();
  }

  /** What is profiled on the fly: only what the chosen categories need. */
  private ProfileRequest profiled(SegmentationNetwork network, ImageSet shown) {
    List<Integer> chosen = chosen(network);
    return profiling.request(network, shown).only(chosen).showing(chosen);
  }

  /** The images to profile on the fly. */
  private ImageSet shown() {
    if (!profiling.images().given()) {
      throw new InvalidInputException(
          "expected --profile FILE, or --images DIR to profile on the fly");
    }
    return profiling.images().set(Defaults.PROFILED_ON_THE_FLY);
  }
}
