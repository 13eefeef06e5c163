package io.disassembler.spark;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.Shard;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileMerge;
import io.disassembler.spark.ProfileJob.ShardAnswer;
import io.disassembler.spark.ProfileJob.ShardImage;
import io.disassembler.spark.ProfileJob.ShardOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Profiles shards on the executors of a Spark application, and joins their profiles on the driver.
 * Each shard's profile is a file; the driver takes the one that the task Spark accepted has named,
 * so that tries that failed and copies of slow tasks count for nothing.
 */
final class SparkProfiling {
  private static final Logger LOG = LoggerFactory.getLogger(SparkProfiling.class);
  private static final double TOLERATED = 0.05;
  private static final int NAMED = 5;

  private final JavaSparkContext spark;
  private final ProfileJob job;
  private final int shards;
  private final boolean keepGoing;

  SparkProfiling(JavaSparkContext spark, ProfileJob job, int shards, boolean keepGoing) {
    this.spark = spark;
    this.job = job;
    this.shards = shards;
    this.keepGoing = keepGoing;
  }

  /**
   * The profile of all images; what shards an earlier run left in the job's folder is taken over.
   *
   * @param model the model's file
   * @throws InvalidInputException if something handed in cannot be used, or too many images are
   *     broken
   */
  Profile run(Path model, List<ShardImage> images) throws IOException {
    ShardFiles files = new ShardFiles(job.folder(), spark.hadoopConfiguration());
    Map<Integer, String> done = new TreeMap<>();
    List<ShardOrder> left = new ArrayList<>();
    for (ShardOrder order : orders(images)) {
      List<String> there = files.of(order.prefix());
      if (there.isEmpty()) {
        left.add(order);
      } else {
        done.put(order.number(), there.get(0));
      }
    }
    if (!done.isEmpty()) {
      LOG.warn("{} of {} shards were profiled earlier", done.size(), done.size() + left.size());
    }
    if (!left.isEmpty()) {
      List<ShardAnswer> answers = profile(model, left);
      summarize(answers);
      for (int i = 0; i < answers.size(); i++) {
        done.put(left.get(i).number(), answers.get(i).file());
      }
    }
    Profile profile = merge(files, new ArrayList<>(done.values()));
    requireFewBroken(images, profile);
    return profile;
  }

  /** Shards without images are left out: they would add nothing. */
  private List<ShardOrder> orders(List<ShardImage> images) {
    int threads = spark.getConf().getInt("spark.task.cpus", 1);
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
                    share.getKey(),
                    shards,
                    job.key(share.getValue(), threads),
                    List.copyOf(share.getValue())))
        .toList();
  }

  private List<ShardAnswer> profile(Path model, List<ShardOrder> orders) throws IOException {
    Broadcast<byte[]> bytes = spark.broadcast(Files.readAllBytes(model));
    Broadcast<HadoopSettings> hadoop =
        spark.broadcast(HadoopSettings.of(spark.hadoopConfiguration()));
    List<ShardAnswer> answers =
        spark.parallelize(orders, orders.size()).map(new ShardTask(job, bytes, hadoop)).collect();
    for (ShardAnswer answer : answers) {
      if (!answer.complaint().isEmpty()) {
        throw new InvalidInputException(answer.complaint());
      }
    }
    return answers;
  }

  private static void summarize(List<ShardAnswer> answers) {
    answers.stream()
        .collect(Collectors.groupingBy(ShardAnswer::executor, TreeMap::new, Collectors.toList()))
        .forEach(
            (executor, of) -> {
              int images = of.stream().mapToInt(ShardAnswer::counted).sum();
              double seconds = of.stream().mapToDouble(ShardAnswer::seconds).sum();
              LOG.warn(
                  "executor {}: {} shards, {} images, {} images per second of a task",
                  executor,
                  of.size(),
                  images,
                  "%.2f".formatted(images / seconds));
            });
  }

  private static Profile merge(ShardFiles files, List<String> names) throws IOException {
    Path folder = Files.createTempDirectory("disassembler-merge");
    List<Path> profiles = new ArrayList<>();
    try {
      for (String name : names) {
        Path file = folder.resolve(name);
        files.get(name, file);
        profiles.add(file);
      }
      // Copies under other names count, as in one run over all images.
      return ProfileMerge.of(profiles).copiesCount(true).run();
    } finally {
      for (Path profile : profiles) {
        Files.deleteIfExists(profile);
      }
      Files.delete(folder);
    }
  }

  private void requireFewBroken(List<ShardImage> images, Profile profile) {
    Set<String> known = new HashSet<>(profile.images());
    List<ShardImage> broken =
        images.stream().filter(image -> !known.contains(image.name())).toList();
    if (broken.isEmpty()) {
      return;
    }
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
}
