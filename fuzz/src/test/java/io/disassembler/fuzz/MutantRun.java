package io.disassembler.fuzz;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.NotEnoughMemoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Uses mutants, one after the other, in a Java machine of its own: {@code INPUT SEED FIRST COUNT
 * FOLDER}. What should not be is kept in the folder, once for each place in the code, with a line
 * that says what it is. A mutant that takes too long ends the program with {@value #HUNG}; the next
 * one would begin behind it.
 */
public final class MutantRun {
  /** Exit code where a mutant takes too long. */
  static final int HUNG = 3;

  /** Name of the mutant that is being used. */
  static final String PROGRESS = "at";

  private static final long MOST_SECONDS = 10;

  /** Whatever computes nothing for so long waits for what does not come. */
  private static final long LONGEST_WAIT = 120;

  private static final long MOST_BYTES = 2L << 30;
  private static final long LOOK_MS = 200;
  private static final long NANOSECONDS = 1_000_000_000;

  private final Input input;
  private final long seed;
  private final Path folder;
  private final Map<String, Integer> findings = new HashMap<>();
  private final AtomicReference<@Nullable Start> running = new AtomicReference<>();
  private int used;
  private int refused;

  private record Start(int mutant, long time, long processor, Path file) {}

  private MutantRun(Input input, long seed, Path folder) {
    this.input = input;
    this.seed = seed;
    this.folder = folder;
  }

  /** Uses mutants. */
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[4]);
    int first = Integer.parseInt(arguments[2]);
    MutantRun run = new MutantRun(Input.of(arguments[0]), Long.parseLong(arguments[1]), folder);
    run.run(first, first + Integer.parseInt(arguments[3]));
  }

  private void run(int from, int to) throws IOException {
    Path temporary = Files.createTempDirectory("mutants");
    try {
      Target target = input.target(Bench.in(temporary));
      List<byte[]> seeds = target.seeds();
      watch(Thread.currentThread());
      Path file = temporary.resolve(input.file());
      for (int mutant = from; mutant < to; mutant++) {
        Files.writeString(folder.resolve(PROGRESS), Integer.toString(mutant));
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + mutant);
        Files.write(file, target.mutant(Damage.pick(seeds, random), random));
        use(target, file, mutant);
      }
      System.out.printf("%d used, %d refused%n", used, refused);
    } finally {
      try (Stream<Path> files = Files.walk(temporary)) {
        files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private void use(Target target, Path file, int mutant) throws IOException {
    long before = Memory.resident();
    running.set(
        new Start(mutant, System.nanoTime(), processor(Thread.currentThread().getId()), file));
    try {
      target.use(file);
      used++;
    } catch (InvalidInputException | NotEnoughMemoryException e) {
      refused++;
    } catch (Throwable e) {
      keep(mutant, file, e.getClass().getSimpleName() + " " + place(e), e.toString());
    } finally {
      running.set(null);
    }
    long grown = Memory.peak() - before;
    if (grown > MOST_BYTES) {
      keep(mutant, file, "allocates too much", (grown >> 20) + " MB");
    }
  }

  private static String place(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String at =
        Arrays.stream(root.getStackTrace()).limit(1).map(Object::toString).findFirst().orElse("");
    return at
        + " < "
        + Arrays.stream(root.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("io.disassembler"))
            .filter(frame -> !frame.getClassName().startsWith("io.disassembler.fuzz"))
            .limit(2)
            .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
            .toList();
  }

  private synchronized void keep(int mutant, Path file, String kind, String more)
      throws IOException {
    int times = findings.merge(kind, 1, Integer::sum);
    if (times == 1) {
      Path kept =
          folder.resolve(String.format(Locale.ROOT, "%d-%d-%s", seed, mutant, input.file()));
      Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
      System.out.printf("FOUND %s: %s (%s)%n", kept, kind, more.lines().findFirst().orElse(""));
    }
  }

  private void watch(Thread worker) {
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                Start start = running.get();
                if (start != null && isLong(start, worker)) {
                  hung(start, worker);
                }
                try {
                  Thread.sleep(LOOK_MS);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    watch.setDaemon(true);
    watch.start();
  }

  /** Time of the processor, so that a busy machine says nothing; and time of the clock. */
  private static boolean isLong(Start start, Thread worker) {
    return processor(worker.getId()) - start.processor > MOST_SECONDS * NANOSECONDS
        || System.nanoTime() - start.time > LONGEST_WAIT * NANOSECONDS;
  }

  private static long processor(long thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
  }

  private void hung(Start start, Thread worker) {
    StackTraceElement[] trace = worker.getStackTrace();
    String at =
        Arrays.stream(trace)
            .filter(frame -> frame.getClassName().startsWith("io.disassembler"))
            .limit(3)
            .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
            .toList()
            .toString();
    try {
      keep(start.mutant, start.file, "takes too long", at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.flush();
    Runtime.getRuntime().halt(HUNG);
  }

  /** Memory of this process, as Linux counts it; nothing where there is no such file. */
  private static final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    /** Bytes now; from now on the peak is counted anew. */
    static long resident() throws IOException {
      if (Files.isWritable(RESET)) {
        Files.writeString(RESET, "5", StandardCharsets.US_ASCII);
      }
      return bytes("VmRSS:");
    }

    /** The most bytes since then. */
    static long peak() throws IOException {
      return bytes("VmHWM:");
    }

    private static long bytes(String name) throws IOException {
      if (!Files.exists(STATUS)) {
        return 0;
      }
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }
}
