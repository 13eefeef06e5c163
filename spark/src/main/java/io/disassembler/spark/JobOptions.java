package io.disassembler.spark;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.DataSet;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.input.FixedInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What all jobs take: the network, the images, and how they are shared out. */
final class JobOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The trained network, an ONNX file on the driver.")
  private Path model = Path.of("");

  @Option(names = "--card", paramLabel = "FILE", description = "As on one machine.")
  private @Nullable Path card;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      description = "As on one machine.",
      converter = SizeConverter.class)
  private @Nullable Size size;

  @Option(names = "--fix", paramLabel = "NAME=VALUE", description = "As on one machine.")
  private Map<String, String> fixed = Map.of();

  @Option(names = "--output-name", paramLabel = "NAME", description = "As on one machine.")
  private @Nullable String outputName;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description =
          "As on one machine, on a path that all machines have; or a folder of images as a URI of one of Hadoop's file systems, such as hdfs://HOST/DIR or s3a://BUCKET/DIR.")
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
          "Folder, in a file system that all machines have, for what is found in the shards. A run that was stopped goes on with what is there.")
  private String parts = "";

  @Option(names = "--keep-going", description = "As on one machine.")
  private boolean keepGoing;

  @Option(names = "--overwrite", description = "Replace outputs that exist already.")
  private boolean overwrite;

  Path model() {
    return model;
  }

  int shards() {
    return shards;
  }

  boolean keepGoing() {
    return keepGoing;
  }

  /** What would show only after hours. */
  void requireUsable(Path output) {
    Path folder = output.toAbsolutePath().getParent();
    if (Files.exists(output) && !overwrite) {
      throw new InvalidInputException(output + ": exists already; name another file");
    }
    if (folder == null || !Files.isWritable(folder)) {
      throw new InvalidInputException(output + ": cannot be written; name another file");
    }
  }

  ListedImages listed(JavaSparkContext spark) throws IOException {
    if (shards < 1) {
      throw new InvalidInputException("expected at least 1 shard, found " + shards, Setting.SHARD);
    }
    return images.contains("://")
        ? ListedImages.remote(images, masks, spark.hadoopConfiguration())
        : ListedImages.local(images, masks == null ? null : Path.of(masks));
  }

  /** Opens the network here, so that what is wrong with it is said before anything is sent. */
  SegmentationNetwork open(JavaSparkContext spark, ListedImages listed) {
    return SegmentationNetwork.at(model)
        .card(card)
        .legend(listed.legend())
        .size(size)
        .fix(FixedInputs.parse(fixed))
        .output(outputName)
        .threads(spark.getConf().getInt("spark.task.cpus", 1))
        .open();
  }

  /** The network's card for the masks of these images. */
  NetworkCard card(SegmentationNetwork network, ListedImages listed) {
    return network.card(ImageSet.of(images, new DataSet(List.of(), listed.legend())));
  }

  ShardRun run(JavaSparkContext spark, ShardWork work) {
    return new ShardRun(spark, work, parts, shards);
  }

  /** Height and width as they are typed. */
  static final class SizeConverter implements ITypeConverter<Size> {
    @Override
    public Size convert(String text) {
      try {
        return Size.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
