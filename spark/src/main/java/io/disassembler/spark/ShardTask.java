package io.disassembler.spark;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.MissingLibraryException;
import io.disassembler.spark.ShardOrder.Answer;
import io.disassembler.spark.ShardWork.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Works on a shard on an executor. What it throws Spark tries again. */
final class ShardTask implements Function<ShardOrder, Answer> {
  private static final long serialVersionUID = 2;

  private final ShardWork work;
  private final String folder;
  private final Broadcast<List<byte[]>> models;
  private final Broadcast<HadoopSettings> hadoop;

  /**
   * @param folder where outcomes go
   * @param models what is in the networks' files
   */
  ShardTask(
      ShardWork work,
      String folder,
      Broadcast<List<byte[]>> models,
      Broadcast<HadoopSettings> hadoop) {
    this.work = work;
    this.folder = folder;
    this.models = models;
    this.hadoop = hadoop;
  }

  @Override
  public Answer call(ShardOrder order) throws IOException {
    long start = System.nanoTime();
    Configuration configuration = hadoop.value().configuration();
    String executor = SparkEnv.get().executorId();
    try (FetchedImages images = new FetchedImages(order.images(), configuration)) {
      Outcome outcome =
          ExecutorNetworks.with(
                  work.networks(), models.value(), TaskContext.get().cpus(), work::with)
              .apply(images.samples());
      return new Answer(
          save(outcome, order, configuration),
          "",
          outcome.counted(),
          (System.nanoTime() - start) / 1e9,
          executor);
    } catch (InvalidInputException | MissingLibraryException e) {
      // Another try would come to the same.
      return new Answer("", String.valueOf(e.getMessage()), 0, 0, executor);
    }
  }

  private String save(Outcome outcome, ShardOrder order, Configuration configuration)
      throws IOException {
    Path file = Files.createTempFile("shard", work.ending());
    try {
      Files.delete(file);
      String content = outcome.write(file);
      return new ShardFiles(folder, configuration)
          .put(file, order.prefix(), content, work.ending());
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
