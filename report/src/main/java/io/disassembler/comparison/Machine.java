package io.disassembler.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What results were measured on.
 *
 * @param processor model of the processor
 * @param cores how many this program may use
 * @param system operating system and architecture
 * @param java version of the Java machine
 */
public record Machine(String processor, int cores, String system, String java) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** The machine that this runs on. */
  public static Machine current() {
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.version().toString());
  }

  private static String processorModel() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      // Linux alone says it in this file.
      return "unknown processor";
    }
  }
}
