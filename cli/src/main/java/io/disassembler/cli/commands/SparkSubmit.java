package io.disassembler.cli.commands;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.options.SparkOptions;
import io.disassembler.cli.output.JsonOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Hands a command to Spark's own {@code spark-submit}, with the libraries of this process. */
final class SparkSubmit {
  private static final Pattern APPLICATION = Pattern.compile("disassembler-spark(-.*)?\\.jar");

  /** Spark brings these itself, in versions of its own. */
  private static final Pattern BROUGHT = Pattern.compile("(slf4j|jackson)-.*");

  /** What is said to Spark in another way, or holds there anyway. */
  private static final Set<String> NOT_HANDED_ON =
      Set.of("--threads", "--quiet", "--verbose", "--no-latency", "--json");

  private final Path program;
  private final List<Path> jars;

  /**
   * @param home where Spark is
   * @param classPath that of this process
   * @throws InvalidInputException if Spark or the part of Disassembler that works there is missing
   */
  SparkSubmit(Path home, String classPath) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    program = home.resolve("bin").resolve(windows ? "spark-submit.cmd" : "spark-submit");
    if (!Files.isRegularFile(program)) {
      throw new InvalidInputException(
          "--spark: %s is not there; expected the folder of Apache Spark 4 in SPARK_HOME or in --spark-home"
              .formatted(program));
    }
    jars =
        Arrays.stream(classPath.split(Pattern.quote(java.io.File.pathSeparator)))
            .map(Path::of)
            .filter(path -> name(path).endsWith(".jar"))
            .filter(path -> !BROUGHT.matcher(name(path)).matches())
            .toList();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /**
   * Runs a command there, and waits for its end.
   *
   * @param main its main class
   * @return its exit code
   */
  static int run(SparkOptions options, @Nullable CommandSpec spec, String main) {
    return run(options, spec, main, List.of());
  }

  /**
   * The same.
   *
   * @param more arguments besides those that were typed
   */
  static int run(SparkOptions options, @Nullable CommandSpec spec, String main, List<String> more) {
    Path home = options.home(System.getenv());
    SparkSubmit submit = new SparkSubmit(home, System.getProperty("java.class.path", ""));
    CommandSpec typed = java.util.Objects.requireNonNull(spec);
    List<String> command = new ArrayList<>(submit.command(options, typed, main));
    command.addAll(more);
    ProcessBuilder process = new ProcessBuilder(command).inheritIO();
    if (JsonOption.isPiped(typed)) {
      // Nothing else goes there.
      process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    process.environment().put("SPARK_HOME", home.toAbsolutePath().toString());
    try {
      return process.start().waitFor();
    } catch (IOException e) {
      throw new InvalidInputException("--spark: cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("--spark");
    }
  }

  /** The whole line. */
  List<String> command(SparkOptions options, CommandSpec spec, String main) {
    Path application =
        jars.stream()
            .filter(path -> APPLICATION.matcher(name(path)).matches())
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "--spark: disassembler-spark.jar is not among the libraries of Disassembler; install it anew"));
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "--master", options.master(), "--class", main));
    command.add("--jars");
    command.add(
        String.join(
            ",",
            jars.stream().filter(jar -> !jar.equals(application)).map(Path::toString).toList()));
    ParseResult parsed = spec.commandLine().getParseResult();
    Map<String, String> conf = options.conf();
    conf.putIfAbsent("spark.log.level", "WARN");
    // All threads share one heap of glibc (docs/adr/0010).
    conf.putIfAbsent("spark.executorEnv.MALLOC_ARENA_MAX", "1");
    if (parsed.hasMatchedOption("--threads")) {
      conf.put("spark.task.cpus", parsed.matchedOption("--threads").originalStringValues().get(0));
    }
    conf.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.add(application.toString());
    command.addAll(handedOn(parsed));
    return command;
  }

  private static List<String> handedOn(ParseResult parsed) {
    List<String> arguments = new ArrayList<>();
    for (PositionalParamSpec positional : parsed.matchedPositionals()) {
      arguments.addAll(positional.originalStringValues());
    }
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.longestName();
      if (SparkOptions.OWN.contains(name) || NOT_HANDED_ON.contains(name)) {
        continue;
      }
      for (String value : option.originalStringValues()) {
        arguments.add(name);
        if (option.arity().max() > 0) {
          arguments.add(value);
        }
      }
    }
    return arguments;
  }
}
