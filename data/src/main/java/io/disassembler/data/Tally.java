package io.disassembler.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many images a data set has, how many of them are taken, and why the others are left out. What
 * is left out is a warning; that all are taken is for those who ask for details.
 */
public final class Tally {
  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

  private final String dataSet;
  private final Map<String, Count> leftOut = new LinkedHashMap<>();
  private final Map<String, Count> remarks = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param dataSet begins the message
   */
  public Tally(Object dataSet) {
    this.dataSet = dataSet.toString();
  }

  /**
   * Counts an image that is left out.
   *
   * @param reason why, such as "without a mask"
   * @param image the image; the first of a reason is named
   */
  public void leaveOut(String reason, Object image) {
    leftOut.merge(reason, new Count(1, image.toString()), Count::and);
  }

  /**
   * Counts something else that is worth a warning.
   *
   * @param what in the plural, after its number
   * @param example the first is named
   */
  public void remark(String what, Object example) {
    remarks.merge(what, new Count(1, example.toString()), Count::and);
  }

  /** Adds a warning about the whole data set. */
  public void warn(String sentence) {
    warnings.add(sentence);
  }

  /** Says it all in one line. */
  public void report(int taken) {
    int out = leftOut.values().stream().mapToInt(Count::number).sum();
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s: %d images found, %d taken%s"
            .formatted(
                dataSet,
                taken + out,
                taken,
                out == 0 ? "" : ", %d left out: %s".formatted(out, listed(leftOut))));
    if (!remarks.isEmpty()) {
      parts.add(listed(remarks));
    }
    parts.addAll(warnings);
    String line = String.join("; ", parts);
    if (out > 0 || parts.size() > 1) {
      LOG.warn("{}", line);
    } else {
      LOG.info("{}", line);
    }
  }

  private static String listed(Map<String, Count> counts) {
    return counts.entrySet().stream()
        .map(
            entry ->
                "%d %s (%s%s)"
                    .formatted(
                        entry.getValue().number(),
                        entry.getKey(),
                        entry.getValue().number() > 1 ? "the first: " : "",
                        entry.getValue().first()))
        .collect(Collectors.joining(", "));
  }

  private record Count(int number, String first) {
    Count and(Count other) {
      return new Count(number + other.number, first);
    }
  }
}
