package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.OptionWording;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Goal;
import io.disassembler.selection.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of the network to keep. */
@HelpSection.In(HelpSection.KEPT)
public final class GoalOptions {
  private static final double DEFAULT_SHARE = 0.5;

  @Option(
      names = "--keep-macs",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Keep at most this share of the MACs, such as 0.5 or 50%%; above 0, up to 1. Default: 0.5.")
  private @Nullable Double macs;

  @Option(
      names = "--keep-parameters",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "Keep at most this share of the parameters, above 0 and up to 1.")
  private @Nullable Double parameters;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description =
          "Keep the kernels whose forward attribution is at least A times their layer's largest (default 0.2) and whose backward attribution is at least --beta, instead of keeping to a budget.")
  private @Nullable Double alpha;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description = "Least backward attribution, from 0 to 1 (default 0.1); see --alpha.")
  private @Nullable Double beta;

  @Option(
      names = "--resolution",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Work on images reduced to this share of each side, inside; images go in and maps come out as large as before. 1: do not. Default: where --images are followed, the one at which least is lost; else 1.")
  private @Nullable Double resolution;

  /** The resolution that was asked for. */
  public Optional<Double> resolution() {
    return Optional.ofNullable(resolution);
  }

  /** True if a goal was asked for. */
  public boolean given() {
    return macs != null || parameters != null || alpha != null || beta != null;
  }

  /** The one goal that was asked for. */
  public Goal goal() {
    List<Goal> goals = new ArrayList<>();
    if (macs != null) {
      goals.add(new Budget(Budget.Measure.MACS, macs));
    }
    if (parameters != null) {
      goals.add(new Budget(Budget.Measure.PARAMETERS, parameters));
    }
    if (alpha != null || beta != null) {
      goals.add(
          new Thresholds(
              alpha == null ? Thresholds.DEFAULT_ALPHA : alpha,
              beta == null ? Thresholds.DEFAULT_BETA : beta));
    }
    if (goals.size() > 1) {
      throw new InvalidInputException(
          "expected one goal, found "
              + String.join(" and ", goals.stream().map(OptionWording::of).toList()));
    }
    return goals.isEmpty() ? new Budget(Budget.Measure.MACS, DEFAULT_SHARE) : goals.get(0);
  }
}
