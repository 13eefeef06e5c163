package io.disassembler.spark;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.data.DataSet;
import io.disassembler.data.NetworkCard;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main class that {@code spark-submit} starts: {@code profile} on a cluster. */
@Command(
    name = "spark-submit ... disassembler-spark.jar",
    mixinStandardHelpOptions = true,
    description = "Profiles a network over images in shards, one for each task of Spark.")
public final class SparkProfile implements Callable<Integer> {
  private static final int INVALID_INPUT = 2;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The trained network, an ONNX file on the driver.")
  private Path model = Path.of("");

  @Option(names = "--card", paramLabel = "FILE", description = "As in profile.")
  private @Nullable Path card;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description =
          "As in profile, on a path that all machines have; or a folder of images as a URI of one of Hadoop's file systems, such as hdfs://HOST/DIR or s3a://BUCKET/DIR.")
  private String images = "";

  @Option(names = "--masks", paramLabel = "DIR", description = "Likewise.")
  private @Nullable String masks;

  @Option(
      names = "--shards",
      paramLabel = "N",
      required = true,
      description = "How many shards; of at least 20 images each.")
  private int shards;

  @Option(
      names = "--parts",
      paramLabel = "URI",
      required = true,
      description =
          "Folder, in a file system that all machines have, for the shards' profiles. A run that was stopped goes on with those that are there.")
  private String parts = "";

  @Option(
      names = "--threshold",
      paramLabel = "TAU",
      defaultValue = "0.9",
      description = "As in profile.")
  private double threshold;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "1", description = "As in profile.")
  private int batch;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "As in profile.")
  private long seed;

  @Option(names = "--keep-going", description = "As in profile.")
  private boolean keepGoing;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the profile goes, on the driver.")
  private Path output = Path.of("");

  public static void main(String[] arguments) {
    int code =
        new CommandLine(new SparkProfile())
            .setExecutionExceptionHandler(
                (exception, line, parsed) -> {
                  if (exception instanceof InvalidInputException) {
                    line.getErr().println("disassembler: " + exception.getMessage());
                    return INVALID_INPUT;
                  }
                  throw exception;
                })
            .execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws IOException {
    requireUsable();
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
      ListedImages listed =
          images.contains("://")
              ? ListedImages.remote(images, masks, spark.hadoopConfiguration())
              : ListedImages.local(images, masks == null ? null : Path.of(masks));
      ProfileJob job = job(listed);
      Profile profile =
          new SparkProfiling(spark, job, shards, keepGoing).run(model, listed.images());
      ProfileFile.write(profile, output);
      System.out.printf(
          "%d images (%s), %d shards. Written: %s%n",
          profile.images().size(),
          listed.labelled() ? "with masks" : "without masks",
          shards,
          output);
    }
    return 0;
  }

  /** What would show only after hours. */
  private void requireUsable() {
    Path folder = output.toAbsolutePath().getParent();
    if (Files.exists(output) || folder == null || !Files.isWritable(folder)) {
      throw new InvalidInputException(
          output + ": exists already, or cannot be written; name another file");
    }
    if (shards < 1) {
      throw new InvalidInputException("expected at least 1 shard, found " + shards, Setting.SHARD);
    }
  }

  /** Opens the network here, so that what is wrong with it is said before anything is sent. */
  private ProfileJob job(ListedImages listed) throws IOException {
    try (SegmentationNetwork network =
        SegmentationNetwork.at(model).card(card).legend(listed.legend()).open()) {
      if (!network.sha256().equals(Sha256.of(model))) {
        throw new InvalidInputException(
            model + ": its weights are in side files; save it as one file to send it to executors");
      }
      if (network.size().volume()) {
        throw new InvalidInputException(
            model + ": takes volumes, which are not profiled on Spark; profile it in shards");
      }
      ImageSet named = ImageSet.of(images, new DataSet(List.of(), listed.legend()));
      NetworkCard known = network.card(named);
      return new ProfileJob(
          String.valueOf(model.getFileName()),
          network.sha256(),
          known.toYaml(),
          network.size().height(),
          network.size().width(),
          network.output(),
          threshold,
          seed,
          batch,
          listed.labelled(),
          parts);
    }
  }
}
