package io.disassembler.cli;

import io.disassembler.base.Build;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.MissingLibraryException;
import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.base.Printable;
import io.disassembler.cli.commands.CardCommand;
import io.disassembler.cli.commands.CheckCommand;
import io.disassembler.cli.commands.CommandLines;
import io.disassembler.cli.commands.CompareCommand;
import io.disassembler.cli.commands.DemoCommand;
import io.disassembler.cli.commands.EvaluateCommand;
import io.disassembler.cli.commands.ExploreCommand;
import io.disassembler.cli.commands.ExtractCommand;
import io.disassembler.cli.commands.FiguresCommand;
import io.disassembler.cli.commands.FinetuneCommand;
import io.disassembler.cli.commands.InspectCommand;
import io.disassembler.cli.commands.ProfileCommand;
import io.disassembler.cli.commands.ProfileMergeCommand;
import io.disassembler.cli.commands.ScenesCommand;
import io.disassembler.cli.commands.TrainCommand;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.Interruption;
import io.disassembler.cli.output.OptionWording;
import io.disassembler.cli.output.Outputs;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code disassembler COMMAND ...}. */
@Command(
    name = "disassembler",
    description =
        "Cuts a small network for any set of categories out of a trained segmentation network, without training.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.ProjectVersion.class,
    subcommands = {
      DemoCommand.class,
      InspectCommand.class,
      CheckCommand.class,
      CardCommand.class,
      ProfileCommand.class,
      ProfileMergeCommand.class,
      FiguresCommand.class,
      ExtractCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      TrainCommand.class,
      FinetuneCommand.class,
      ScenesCommand.class,
      ExploreCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:an internal error, or a check that did not hold",
      "2:something handed in cannot be used, or memory or a native library is missing; the message says what"
    },
    footer = {
      "",
      "To see it work: disassembler demo",
      "",
      "Example:",
      "  disassembler profile model.onnx --images photos --output model.profile.h5",
      "  disassembler extract model.onnx --profile model.profile.h5 \\",
      "      --categories car,pedestrian --keep-macs 0.5 --output small.onnx"
    })
public final class Main implements CommandLines {
  /** Exit code for input that cannot be used. */
  public static final int INVALID_INPUT = 2;

  /** What shells say of a program that was stopped with Ctrl-C. */
  private static final int INTERRUPTED = 130;

  private static final String MORE_MEMORY =
      " (--size and --batch, where a command has them; DISASSEMBLER_JAVA_OPTS=-Xmx8g gives Java more)";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... arguments) {
    CommandLine commands = new Main().make();
    try {
      return commands.execute(oneWord(arguments));
    } catch (OutOfMemoryError e) {
      commands
          .getErr()
          .printf("disassembler: not enough memory (%s)%s%n", oneLine(e.getMessage()), MORE_MEMORY);
      return INVALID_INPUT;
    }
  }

  /** A command of two words has a space in its name, since the first alone takes a MODEL. */
  private static String[] oneWord(String[] arguments) {
    if (arguments.length < 2
        || !ProfileMergeCommand.NAME.equals(arguments[0] + " " + arguments[1])) {
      return arguments;
    }
    String[] joined = Arrays.copyOfRange(arguments, 1, arguments.length);
    joined[0] = ProfileMergeCommand.NAME;
    return joined;
  }

  @Override
  public CommandLine make() {
    CommandLine commands = new CommandLine(new Main());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setUsageHelpAutoWidth(true);
    commands.setParameterExceptionHandler(Main::reportUsage);
    commands.setExecutionExceptionHandler(Main::report);
    commands.setExecutionStrategy(Main::execute);
    commands.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(Outputs::offerOverwrite);
    return commands;
  }

  private static int execute(ParseResult parsed) {
    List<CommandLine> chain = parsed.asCommandLineList();
    CommandLine command = chain.get(chain.size() - 1);
    if (chain.stream().anyMatch(Main::asksForHelp)) {
      return new RunLast().execute(parsed);
    }
    Console.makePrintable(chain.get(0));
    Outputs outputs = Outputs.of(command.getCommandSpec());
    try {
      outputs.require();
    } catch (InvalidInputException e) {
      return report(e, command, parsed);
    }
    try (Interruption whileItRuns = new Interruption(outputs.unfinished(), command.getErr())) {
      return new RunLast().execute(parsed);
    }
  }

  private static boolean asksForHelp(CommandLine command) {
    return command.isUsageHelpRequested() || command.isVersionHelpRequested();
  }

  /** The whole usage would bury the message. */
  private static int reportUsage(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    List<String> suggestions =
        exception instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    command
        .getErr()
        .printf(
            "disassembler: %s%s (see %s --help)%n",
            oneLine(exception.getMessage()),
            suggestions.isEmpty() ? "" : "; nearest: " + String.join(", ", suggestions),
            command.getCommandSpec().qualifiedName());
    command.getErr().flush();
    return INVALID_INPUT;
  }

  private static int report(Exception exception, CommandLine command, ParseResult parsed) {
    if (exception instanceof InvalidInputException complaint) {
      String message = OptionWording.of(complaint, command.getCommandSpec());
      command.getErr().println("disassembler: " + oneLine(message));
      return INVALID_INPUT;
    }
    if (exception instanceof NotEnoughMemoryException) {
      command.getErr().printf("disassembler: %s%s%n", oneLine(exception.getMessage()), MORE_MEMORY);
      return INVALID_INPUT;
    }
    if (exception instanceof MissingLibraryException) {
      command.getErr().println("disassembler: " + oneLine(exception.getMessage()));
      return INVALID_INPUT;
    }
    if (exception instanceof CancellationException) {
      // Someone stopped the process, which is about to end; there is nothing to report.
      return INTERRUPTED;
    }
    command
        .getErr()
        .println(
            "disassembler: internal error, please report it: "
                + exception.toString().lines().findFirst().orElse("")
                + (Boolean.getBoolean("disassembler.debug")
                    ? ""
                    : " (JAVA_TOOL_OPTIONS=-Ddisassembler.debug=true shows where)"));
    if (Boolean.getBoolean("disassembler.debug")) {
      exception.printStackTrace(command.getErr());
    }
    return 1;
  }

  private static String oneLine(@Nullable String message) {
    return Printable.of(String.valueOf(message)).strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  /** Prints the version that the build stamped. */
  static final class ProjectVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"disassembler " + Build.version()};
    }
  }
}
