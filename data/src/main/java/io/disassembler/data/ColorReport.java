package io.disassembler.data;

import static java.util.Comparator.comparing;

import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which colours masks show and how often, to say which legend would explain them. */
final class ColorReport {
  private static final int LISTED = 24;
  private static final double RARE = 0.001;

  private final Map<Integer, Long> pixels = new TreeMap<>();
  private long all;

  /** Counts colours {@code 0xRRGGBB}. */
  ColorReport add(int[] colors) {
    for (int color : colors) {
      pixels.merge(color, 1L, Long::sum);
    }
    all += colors.length;
    return this;
  }

  /** Counts those that another report counted. */
  ColorReport add(ColorReport other) {
    other.pixels.forEach((color, count) -> pixels.merge(color, count, Long::sum));
    all += other.all;
    return this;
  }

  /**
   * What is wrong where no legend says what the colours mean.
   *
   * @param problem begins the message
   */
  InvalidInputException needsLegend(String problem) {
    List<Map.Entry<Integer, Long>> byCount = new ArrayList<>(pixels.entrySet());
    byCount.sort(comparing((Map.Entry<Integer, Long> e) -> -e.getValue()));
    List<Map.Entry<Integer, Long>> common =
        byCount.stream().filter(entry -> !isRare(entry.getValue())).limit(LISTED).toList();
    return new InvalidInputException(
        "%s, found %d colours: %s%s; say in the network card what they mean, in the order of its categories: masks: {values: [%s], ignore: []}"
            .formatted(
                problem,
                pixels.size(),
                common.stream().map(this::share).collect(Collectors.joining(", ")),
                smoothed(),
                common.stream()
                    .map(entry -> "\"" + MaskColor.rgbText(entry.getKey()) + "\"")
                    .collect(Collectors.joining(", "))));
  }

  /** What to say of many colours that occur rarely; empty if there are none. */
  String smoothed() {
    long rare = pixels.values().stream().filter(this::isRare).count();
    return rare > pixels.size() / 2 && rare > 8
        ? "; %d more occur in less than 0.1 %% of the pixels each, as at edges that were smoothed (anti-aliased, resized) or compressed: save the masks without"
            .formatted(rare)
        : rare > 0 ? "; %d more in less than 0.1 %% of the pixels each".formatted(rare) : "";
  }

  private boolean isRare(long count) {
    return count < RARE * all;
  }

  private String share(Map.Entry<Integer, Long> entry) {
    return String.format(
        Locale.ROOT,
        "%s (%.1f %%)",
        MaskColor.rgbText(entry.getKey()),
        100.0 * entry.getValue() / all);
  }
}
