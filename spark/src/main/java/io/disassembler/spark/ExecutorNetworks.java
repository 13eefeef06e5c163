package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.spark.SentNetworks.Opened;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The networks of an executor, opened when its first shard asks for them, and kept as long as the
 * executor lives. Tasks side by side share them: each makes an engine of its own, with the threads
 * that Spark gives a task.
 */
final class ExecutorNetworks {
  static {
    NativeMemory.leaveToSpark();
  }

  private static @Nullable SentNetworks sent;
  private static @Nullable Opened opened;

  private ExecutorNetworks() {}

  /**
   * What {@code use} makes of them; it is called by one thread at a time.
   *
   * @param files what is in each network's file
   * @throws InvalidInputException if libtorch is missing here, or a network cannot be opened
   */
  static synchronized <T> T with(
      SentNetworks networks, List<byte[]> files, int threads, Function<Opened, T> use)
      throws IOException {
    requireLibtorch();
    if (opened == null || !networks.equals(sent)) {
      opened = networks.open(files, threads);
      sent = networks;
    }
    return use.apply(opened);
  }

  private static void requireLibtorch() {
    if (!SegmentationNetwork.canRun()) {
      throw new InvalidInputException(
          "%s %s: libtorch is not among the libraries of this executor; add those for its platform to the application"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
  }
}
