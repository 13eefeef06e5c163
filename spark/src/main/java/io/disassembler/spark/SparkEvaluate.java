package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import io.disassembler.data.NetworkCard;
import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationCounts;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.LabelDoubt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import picocli.CommandLine.Parameters;

/** The main class that {@code spark-submit} starts: {@code evaluate} on a cluster. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Compares sub-networks with the network they were cut from, on images in shards, one for each task of Spark. Latency is not measured.")
public final class SparkEvaluate implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEvaluate.class);

  /** Images that are looked at for doubts about labels, which is done here. */
  private static final int LOOKED_AT = 8;

  @Mixin private JobOptions options = new JobOptions();

  @Parameters(
      index = "1..*",
      paramLabel = "SUBNETWORK",
      description = "Networks cut from MODEL. With none, MODEL alone is evaluated.")
  private List<Path> networks = new ArrayList<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the result as JSON, on the driver.")
  private @Nullable Path json;

  @Option(
      names = "--counted",
      paramLabel = "FILE",
      description = "Also write the names of the images that the result rests on, on the driver.")
  private @Nullable Path names;

  public static void main(String[] arguments) {
    JobLine.run(new SparkEvaluate(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (json != null) {
      options.requireUsable(json);
    }
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
      ListedImages listed = options.listed(spark);
      try (SegmentationNetwork full = options.open(spark, listed)) {
        EvaluationResult result = evaluate(spark, listed, full);
        System.out.print(result.toTable());
        if (json != null) {
          Files.writeString(json, result.toJson());
        }
      }
    }
    return 0;
  }

  private EvaluationResult evaluate(
      JavaSparkContext spark, ListedImages listed, SegmentationNetwork full) throws IOException {
    List<SegmentationNetwork> others =
        networks.stream().map(file -> full.opening().of(file).open()).toList();
    NetworkCard card = options.card(full, listed);
    List<Path> files = new ArrayList<>(List.of(options.model()));
    files.addAll(networks);
    EvaluationCounts counts =
        options
            .run(spark, new EvaluationWork(SentNetworks.of(full, others, card)))
            .run(files, listed.images(), SparkEvaluate::sum);
    List<ShardImage> counted =
        ShardRun.requireFewBroken(listed.images(), counts.images(), options.keepGoing());
    if (names != null) {
      Files.write(names, counts.images());
    }
    try (FetchedImages first =
        new FetchedImages(
            counted.subList(0, Math.min(LOOKED_AT, counted.size())), spark.hadoopConfiguration())) {
      EvaluationResult result =
          Evaluation.result(
              full.evaluationSubject(),
              card,
              others.stream().map(SegmentationNetwork::evaluationSubject).toList(),
              counts,
              listed.images().size() - counted.size(),
              first.samples(),
              full.evaluationSettings(true, null));
      LabelDoubt doubt = result.doubt();
      if (doubt != null) {
        LOG.warn("{}", doubt.text());
      }
      return result;
    }
  }

  private static EvaluationCounts sum(List<Path> found) throws IOException {
    List<EvaluationCounts> parts = new ArrayList<>();
    for (Path file : found) {
      parts.add(EvaluationCounts.ofJson(Files.readString(file)));
    }
    return EvaluationCounts.sum(parts);
  }
}
