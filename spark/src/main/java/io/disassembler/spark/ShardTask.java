package io.disassembler.spark;

import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.MissingLibraryException;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.spark.ProfileJob.ShardAnswer;
import io.disassembler.spark.ProfileJob.ShardImage;
import io.disassembler.spark.ProfileJob.ShardOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Profiles a shard on an executor. What it throws Spark tries again. */
final class ShardTask implements Function<ShardOrder, ShardAnswer> {
  private static final long serialVersionUID = 1;

  private final ProfileJob job;
  private final Broadcast<byte[]> model;
  private final Broadcast<HadoopSettings> hadoop;

  ShardTask(ProfileJob job, Broadcast<byte[]> model, Broadcast<HadoopSettings> hadoop) {
    this.job = job;
    this.model = model;
    this.hadoop = hadoop;
  }

  @Override
  public ShardAnswer call(ShardOrder order) throws IOException {
    long start = System.nanoTime();
    Configuration configuration = hadoop.value().configuration();
    try (FetchedImages images = new FetchedImages(order.images(), configuration)) {
      Profile profile = profile(images);
      Set<String> counted = new HashSet<>(profile.images());
      List<String> broken =
          order.images().stream().map(ShardImage::name).filter(n -> !counted.contains(n)).toList();
      return new ShardAnswer(
          save(profile, order, configuration),
          "",
          broken,
          counted.size(),
          (System.nanoTime() - start) / 1e9,
          SparkEnv.get().executorId());
    } catch (InvalidInputException | MissingLibraryException e) {
      // Another try would come to the same.
      return new ShardAnswer(
          "", String.valueOf(e.getMessage()), List.of(), 0, 0, SparkEnv.get().executorId());
    }
  }

  private Profile profile(FetchedImages images) throws IOException {
    return ExecutorNetwork.run(job, model.value(), TaskContext.get().cpus())
        .run(images.samples(), job.labelled(), Checkpoint.none(), (done, total) -> {});
  }

  private String save(Profile profile, ShardOrder order, Configuration configuration)
      throws IOException {
    Path file = Files.createTempFile("shard", ".h5");
    try {
      ProfileFile.write(profile, file);
      return new ShardFiles(job.folder(), configuration)
          .put(file, order.prefix(), profile.sha256());
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
