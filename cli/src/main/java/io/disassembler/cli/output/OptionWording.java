package io.disassembler.cli.output;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Goal;
import io.disassembler.selection.Thresholds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What the domain says, with the names of options: the one place that knows how both fit. */
public final class OptionWording {
  private OptionWording() {}

  /** A complaint, followed by those of the command's options that it concerns. */
  public static String of(InvalidInputException complaint, CommandSpec command) {
    return with(
        String.valueOf(complaint.getMessage()),
        complaint.settings().stream().flatMap(setting -> option(setting, command).stream()));
  }

  /** A warning, followed by the options that would change what it is about. */
  public static String of(String warning, Setting... settings) {
    return with(warning, Arrays.stream(settings).map(setting -> options(setting).get(0)));
  }

  private static String with(String message, Stream<String> options) {
    String names = options.distinct().collect(Collectors.joining(", "));
    return names.isEmpty() ? message : "%s (%s)".formatted(message, names);
  }

  /** A goal as it is asked for. */
  public static String of(Goal goal) {
    if (goal instanceof Budget budget) {
      Setting setting = budget.measure().setting();
      return options(setting).get(0) + " " + budget.share();
    }
    Thresholds thresholds = (Thresholds) goal;
    return "--alpha %s --beta %s".formatted(thresholds.alpha(), thresholds.beta());
  }

  private static Optional<String> option(Setting setting, CommandSpec command) {
    return options(setting).stream().filter(name -> command.findOption(name) != null).findFirst();
  }

  /** The options that commands have for a setting; a command that has several means the first. */
  private static List<String> options(Setting setting) {
    return switch (setting) {
      case CARD -> List.of("--card");
      case FIXED_INPUTS -> List.of("--fix");
      case OUTPUT -> List.of("--output-name");
      case DEVICE -> List.of("--device");
      case IMAGE_LIMIT -> List.of("--limit");
      case SHARD -> List.of("--shard");
      case COPIES -> List.of("--copies");
      case IMAGE_PIXELS -> List.of("--max-pixels");
      case BROKEN_IMAGES -> List.of("--keep-going");
      case BATCH -> List.of("--batch");
      case SEED -> List.of("--seed");
      case CONFIDENCE_THRESHOLD -> List.of("--threshold");
      case CATEGORIES -> List.of("--categories");
      case CRITERION -> List.of("--criterion", "--criteria");
      case SCORES -> List.of("--scores");
      case RESOLUTION -> List.of("--resolution");
      case MACS_BUDGET -> List.of("--keep-macs");
      case PARAMETERS_BUDGET -> List.of("--keep-parameters");
      case ALPHA -> List.of("--alpha");
      case BETA -> List.of("--beta");
      case RECOVERY -> List.of("--recovery", "--recoveries");
      case CALIBRATION_IMAGES -> List.of("--calibration", "--images");
      case CALIBRATION_SIZE -> List.of("--calibrate");
      case RETENTION_FLOOR -> List.of("--min-retention");
      case LATENCY_SHARE -> List.of("--keep-latency");
      case LATENCY_CEILING -> List.of("--max-latency-ms");
      case FEATURE_MAP -> List.of("--layer");
      case BACKBONE -> List.of("--backbone");
      case RESUMPTION -> List.of("--resume");
      case HOST -> List.of("--host");
      case PORT -> List.of("--port");
      case MEASURED_IMAGES -> List.of("--measure");
      case SEARCHED_IMAGES -> List.of("--search");
    };
  }
}
