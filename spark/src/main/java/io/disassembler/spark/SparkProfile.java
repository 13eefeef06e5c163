package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.profile.ProfileMerge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main class that {@code spark-submit} starts: {@code profile} on a cluster. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Profiles a network over images in shards, one for each task of Spark.")
public final class SparkProfile implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(SparkProfile.class);

  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--threshold",
      paramLabel = "TAU",
      defaultValue = "0.9",
      description = "As on one machine.")
  private double threshold;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "As on one machine.")
  private int batch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "As on one machine.")
  private long seed;

  @Option(names = "--categories", paramLabel = "NAMES", description = "As on one machine.")
  private @Nullable String categories;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the profile goes, on the driver.")
  private Path output = Path.of("");

  /** In their order in the network: what is in {@code --parts} does not depend on that typed. */
  private List<Integer> chosen(SegmentationNetwork network) {
    return categories == null
        ? List.of()
        : network.card().parse(categories).stream().sorted().toList();
  }

  public static void main(String[] arguments) {
    JobLine.run(new SparkProfile(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    options.requireUsable(output);
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
      ListedImages listed = options.listed(spark);
      ShardWork work;
      try (SegmentationNetwork network = options.open(spark, listed)) {
        SentNetworks sent = SentNetworks.of(network, List.of(), options.card(network, listed));
        work = new ProfilingWork(sent, threshold, seed, batch, listed.labelled(), chosen(network));
        if (!spark.isLocal()) {
          LOG.warn("{}", NativeMemory.ofProfiling(network, batch).advice(spark.getConf()));
        }
      }
      // Copies under other names count, as in one run over all images.
      Profile profile =
          options
              .run(spark, work)
              .run(
                  List.of(options.model()),
                  listed.images(),
                  found -> ProfileMerge.of(found).copiesCount(true).run());
      ShardRun.requireFewBroken(listed.images(), profile.images(), options.keepGoing());
      ProfileFile.write(profile, output);
      System.out.printf(
          "%d images (%s), %d shards. Written: %s%n",
          profile.images().size(), listed.masks(), options.shards(), output);
    }
    return 0;
  }
}
