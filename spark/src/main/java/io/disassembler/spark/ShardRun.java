package io.disassembler.spark;

import io.disassembler.base.Build;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.data.Shard;
import io.disassembler.spark.ShardOrder.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on shards on the executors of a Spark application. What is found in each is a file; the
 * driver takes the one that the task Spark accepted has named, so that tries that failed and copies
 * of slow tasks count for nothing.
 */
final class ShardRun {
  private static final Logger LOG = LoggerFactory.getLogger(ShardRun.class);
  private static final double TOLERATED = 0.05;
  private static final int NAMED = 5;

  private final JavaSparkContext spark;
  private final ShardWork work;
  private final String folder;
  private final int shards;

  /**
   * @param folder URI of the folder that the shards' files go to
   * @param shards how many there are
   */
  ShardRun(JavaSparkContext spark, ShardWork work, String folder, int shards) {
    this.spark = spark;
    this.work = work;
    this.folder = folder;
    this.shards = shards;
  }

  /** Adds up what was found in the shards, each in a file on this machine. */
  @FunctionalInterface
  interface Sum<T> {
    T of(List<Path> found) throws IOException;
  }

  /**
   * Works on all images; what an earlier run left in the folder is taken over.
   *
   * @param models the networks' files
   * @param sum adds up the shards, in their order
   * @throws InvalidInputException if something handed in cannot be used
   */
  <T> T run(List<Path> models, List<ShardImage> images, Sum<T> sum) throws IOException {
    ShardFiles files = new ShardFiles(folder, spark.hadoopConfiguration());
    Map<Integer, String> done = new TreeMap<>();
    List<ShardOrder> left = new ArrayList<>();
    for (ShardOrder order : orders(images)) {
      List<String> there = files.of(order.prefix(), work.ending());
      if (there.isEmpty()) {
        left.add(order);
      } else {
        done.put(order.number(), there.get(0));
      }
    }
    if (!done.isEmpty()) {
      LOG.warn("{} of {} shards were done earlier", done.size(), done.size() + left.size());
    }
    if (!left.isEmpty()) {
      List<Answer> answers = answers(models, left);
      summarize(answers);
      for (int i = 0; i < answers.size(); i++) {
        done.put(left.get(i).number(), answers.get(i).file());
      }
    }
    return sum(files, new ArrayList<>(done.values()), sum);
  }

  /** Shards without images are left out: they would add nothing. */
  private List<ShardOrder> orders(List<ShardImage> images) {
    Map<Integer, List<ShardImage>> shared = new TreeMap<>();
    for (ShardImage image : images) {
      shared
          .computeIfAbsent(Shard.numberOf(image.name(), shards), key -> new ArrayList<>())
          .add(image);
    }
    return shared.entrySet().stream()
        .map(
            share ->
                new ShardOrder(
                    share.getKey(), shards, key(share.getValue()), List.copyOf(share.getValue())))
        .toList();
  }

  /** Tells a shard of this job from any other, whatever its number. */
  private String key(List<ShardImage> images) {
    StringBuilder text = new StringBuilder();
    int threads = spark.getConf().getInt("spark.task.cpus", 1);
    for (Object part : List.of(Build.version(), work.networks(), work.settings(), threads)) {
      text.append(part).append('\n');
    }
    images.forEach(image -> text.append(image.name()).append('\n'));
    return Sha256.of(text.toString()).substring(0, 16);
  }

  private List<Answer> answers(List<Path> models, List<ShardOrder> orders) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    for (Path model : models) {
      bytes.add(Files.readAllBytes(model));
    }
    Broadcast<List<byte[]>> sent = spark.broadcast(bytes);
    Broadcast<HadoopSettings> hadoop =
        spark.broadcast(HadoopSettings.of(spark.hadoopConfiguration()));
    List<Answer> answers =
        spark
            .parallelize(orders, orders.size())
            .map(new ShardTask(work, folder, sent, hadoop))
            .collect();
    for (Answer answer : answers) {
      if (!answer.complaint().isEmpty()) {
        throw new InvalidInputException(answer.complaint());
      }
    }
    return answers;
  }

  private static void summarize(List<Answer> answers) {
    answers.stream()
        .collect(Collectors.groupingBy(Answer::executor, TreeMap::new, Collectors.toList()))
        .forEach(
            (executor, of) -> {
              int images = of.stream().mapToInt(Answer::counted).sum();
              double seconds = of.stream().mapToDouble(Answer::seconds).sum();
              LOG.warn(
                  "executor {}: {} shards, {} images, {} images per second of a task",
                  executor,
                  of.size(),
                  images,
                  "%.2f".formatted(images / seconds));
            });
  }

  private static <T> T sum(ShardFiles files, List<String> names, Sum<T> sum) throws IOException {
    Path local = Files.createTempDirectory("disassembler-merge");
    List<Path> found = new ArrayList<>();
    try {
      for (String name : names) {
        Path file = local.resolve(name);
        files.get(name, file);
        found.add(file);
      }
      return sum.of(found);
    } finally {
      for (Path file : found) {
        Files.deleteIfExists(file);
      }
      Files.delete(local);
    }
  }

  /**
   * Says which images were not counted.
   *
   * @param keepGoing whether more than 5 % are tolerated
   * @return those that were
   * @throws InvalidInputException if too many were not
   */
  static List<ShardImage> requireFewBroken(
      List<ShardImage> images, Collection<String> counted, boolean keepGoing) {
    Set<String> known = new HashSet<>(counted);
    List<ShardImage> broken =
        images.stream().filter(image -> !known.contains(image.name())).toList();
    if (!broken.isEmpty()) {
      String named =
          broken.stream().limit(NAMED).map(ShardImage::image).collect(Collectors.joining(", "));
      String message =
          "%d of %d images are broken: %s%s"
              .formatted(broken.size(), images.size(), named, broken.size() > NAMED ? ", ..." : "");
      if (!keepGoing && broken.size() > TOLERATED * images.size()) {
        throw new InvalidInputException(
            message + "; repair or remove them, or go on without them", Setting.BROKEN_IMAGES);
      }
      LOG.warn("{}; executors' logs say why", message);
    }
    return images.stream().filter(image -> known.contains(image.name())).toList();
  }
}
