package io.disassembler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;

/**
 * Watches the native memory of long work in a Java machine of its own, whose heap has its full size
 * from the beginning and whose garbage collector frees nothing native: what no scope frees adds up,
 * and nothing else does.
 */
public final class Soak {
  private static final List<String> OPTIONS =
      List.of(
          "-Xms128m",
          "-Xmx128m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-Dorg.bytedeco.javacpp.nopointergc=true");

  private Soak() {}

  /** To be called by the program at equal steps of its work. */
  public static void print() {
    System.gc();
    System.out.printf(Locale.ROOT, "%d%n", Pointer.physicalBytes());
  }

  /**
   * Asserts that the program's memory does not grow between most of its prints. What leaks does so
   * all the time; what libtorch and Java keep for themselves comes at times.
   *
   * @param prints how many the program makes
   * @param tolerated growth in bytes from one print to the next, exclusive
   */
  public static void assertFlat(int prints, long tolerated, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process soak = ChildJava.start(OPTIONS, main.getName(), arguments);
    List<Long> bytes = soak.inputReader().lines().map(Long::parseLong).toList();
    assertThat(soak.waitFor()).isZero();
    assertThat(bytes).hasSize(prints);
    List<Long> growth =
        IntStream.range(1, prints).mapToObj(i -> bytes.get(i) - bytes.get(i - 1)).sorted().toList();
    assertThat(growth.get(growth.size() / 2))
        .as("median growth in bytes between prints: %s", bytes)
        .isLessThan(tolerated);
  }
}
