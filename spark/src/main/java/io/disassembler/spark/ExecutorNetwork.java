package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The network of an executor, opened when its first shard asks for it, and kept as long as the
 * executor lives. Tasks side by side share it: each makes an engine of its own, with the threads
 * that Spark gives a task.
 */
final class ExecutorNetwork {
  private static final String NATIVE_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  static {
    // Otherwise JavaCPP counts the process against twice Java's heap, which is small on executors.
    if (System.getProperty(NATIVE_LIMIT) == null) {
      System.setProperty(NATIVE_LIMIT, "0");
    }
  }

  private static @Nullable ProfileJob opened;
  private static @Nullable SegmentationNetwork network;

  private ExecutorNetwork() {}

  /** Profiles the network of {@code job}; of another than before, the earlier is forgotten. */
  static synchronized ProfilingRun run(ProfileJob job, byte[] model, int threads)
      throws IOException {
    if (network == null || !job.equals(opened)) {
      network = open(job, model, threads);
      opened = job;
    }
    // Of broken images the driver judges, who knows of all.
    ProfilingSettings settings =
        new ProfilingSettings(job.threshold(), job.seed(), job.batch(), true, "cpu");
    return new ProfilingRun(
        network.anatomy(), network.input(), network.card(), job.modelSha256(), settings);
  }

  private static SegmentationNetwork open(ProfileJob job, byte[] model, int threads)
      throws IOException {
    Path folder = Files.createTempDirectory("disassembler-spark");
    Path file = folder.resolve(job.modelName());
    Path card = folder.resolve("card.yaml");
    Files.write(file, model);
    Files.writeString(card, job.card());
    file.toFile().deleteOnExit();
    card.toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    if (!SegmentationNetwork.canRun()) {
      throw new InvalidInputException(
          "%s %s: libtorch is not among the libraries of this executor; add those for its platform to the application"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return SegmentationNetwork.at(file)
        .card(card)
        .size(new Size(job.height(), job.width()))
        .output(job.output())
        .threads(threads)
        .open();
  }
}
