package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command runs on a cluster, and on which. */
@HelpSection.In(HelpSection.SPARK)
public final class SparkOptions {
  private static final String SPARK = "--spark";
  private static final String HOME = "--spark-home";
  private static final String CONF = "--spark-conf";

  /** Those that concern how the command is handed over, and not the work. */
  public static final Set<String> OWN = Set.of(SPARK, HOME, CONF);

  @Option(
      names = SPARK,
      paramLabel = "MASTER",
      description =
          "Work on the executors of Apache Spark 4, such as spark://HOST:7077, yarn or local[4]; wants --shards and --parts. --threads are a task's. See docs/scale.md.")
  private @Nullable String master;

  @Option(
      names = HOME,
      paramLabel = "DIR",
      description = "With --spark: where Spark is. Default: SPARK_HOME.")
  private @Nullable Path home;

  @Option(
      names = CONF,
      paramLabel = "KEY=VALUE",
      description =
          "With --spark: a setting of Spark, such as spark.executor.memoryOverhead=4g. May be given several times.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "With --spark: how many shares the images are worked on in, of 20 and more each.")
  private @Nullable Integer shards;

  @Option(
      names = "--parts",
      paramLabel = "URI",
      description =
          "With --spark: a folder that all machines reach, for what is found in each share. A run that was stopped goes on with what is there.")
  private @Nullable String parts;

  /** True if the command is to run on Spark. */
  public boolean given() {
    if (master == null && (shards != null || parts != null || home != null || !conf.isEmpty())) {
      throw new InvalidInputException(
          "--shards, --parts, --spark-home and --spark-conf say how to work on Spark; expected --spark MASTER with them");
    }
    if (master != null && (shards == null || parts == null)) {
      throw new InvalidInputException(
          "--spark: expected --shards N, how many shares the images are worked on in, and --parts URI, a folder that all machines reach");
    }
    return master != null;
  }

  /** Where tasks are run, as Spark spells it. */
  public String master() {
    return String.valueOf(master);
  }

  /** Settings of Spark. */
  public Map<String, String> conf() {
    return conf;
  }

  /**
   * Where Spark is.
   *
   * @param environment where SPARK_HOME may be set
   * @throws InvalidInputException if nothing says it
   */
  public Path home(Map<String, String> environment) {
    if (home != null) {
      return home;
    }
    String set = environment.get("SPARK_HOME");
    if (set == null || set.isEmpty()) {
      throw new InvalidInputException(
          "--spark: Apache Spark is not found: SPARK_HOME is not set; set it to the folder of Spark 4 for Scala 2.13, or name that folder (--spark-home)");
    }
    return Path.of(set);
  }
}
