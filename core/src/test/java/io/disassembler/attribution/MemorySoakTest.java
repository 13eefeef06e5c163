package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.engine.NetworkInput;
import io.disassembler.graph.Network;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorySoakTest {
  private static final int IMAGES = 2000;
  private static final int WARM = 500;

  // One feature map of full resolution forgotten in each image would make four times as much.
  private static final long TOLERATED = 24L << 20;

  @TempDir private Path folder = Path.of("");

  @Test
  void memoryDoesNotGrowWithTheNumberOfImages() {
    Network network = SmallNetwork.network(1);
    NetworkInput input = new NetworkInput("image", 1, 3, new Size(64, 64));
    ProfilingRun run =
        new ProfilingRun(
            Anatomy.of(network, input.shapes()),
            input,
            NetworkCard.unnamed(SmallNetwork.CATEGORIES),
            "ab",
            new ProfilingSettings(0.3, 0, 1, false, "cpu"));
    Sample image = SampleImages.write(folder, 1, 64, 64).get(0);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      samples.add(new Sample("copy%04d".formatted(i), image.image(), null));
    }
    long[] used = new long[IMAGES + 1];
    int threads = torch.get_num_threads();
    Engine.setThreads(1);
    run.run(
        samples,
        Checkpoint.none(),
        (done, total) -> {
          if (done % WARM == 0) {
            used[done] = nativeBytes();
          }
        });
    Engine.setThreads(threads);
    assertThat(used[IMAGES] - used[WARM])
        .as("growth in bytes; after every %d images: %s", WARM, seen(used))
        .isLessThan(TOLERATED);
  }

  private static List<Long> seen(long[] used) {
    return IntStream.rangeClosed(1, IMAGES / WARM).mapToObj(i -> used[i * WARM]).toList();
  }

  /** Resident memory that is not Java's heap, which grows and shrinks as it likes. */
  private static long nativeBytes() {
    System.gc();
    return Pointer.physicalBytes()
        - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }
}
