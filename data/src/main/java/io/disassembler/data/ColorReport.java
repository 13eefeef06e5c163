package io.disassembler.data;

import static java.util.Comparator.comparing;

import io.disassembler.base.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which colours masks show and how often, to say which legend would explain them. */
final class ColorReport {
  private static final int LISTED = 24;
  private static final double RARE = 0.001;
  // A photograph has hundreds of thousands; the rarest of them are of no interest.
  private static final int HELD = 1000;

  private final Map<Integer, Long> pixels = new HashMap<>();
  private long all;
  private boolean cut;

  /** Counts colours {@code 0xRRGGBB}. */
  ColorReport add(int[] colors) {
    for (int color : colors) {
      pixels.merge(color, 1L, Long::sum);
    }
    all += colors.length;
    cut();
    return this;
  }

  /** Counts those that another report counted. */
  ColorReport add(ColorReport other) {
    other.pixels.forEach((color, count) -> pixels.merge(color, count, Long::sum));
    all += other.all;
    cut |= other.cut;
    cut();
    return this;
  }

  private void cut() {
    if (pixels.size() > HELD) {
      byCount().skip(HELD).toList().forEach(entry -> pixels.remove(entry.getKey()));
      cut = true;
    }
  }

  /** The most frequent first. */
  private Stream<Map.Entry<Integer, Long>> byCount() {
    return pixels.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .sorted(
            comparing((Map.Entry<Integer, Long> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey));
  }

  /**
   * What is wrong where no legend says what the colours mean.
   *
   * @param problem begins the message
   */
  InvalidInputException needsLegend(String problem) {
    String number = (cut ? "more than " : "") + pixels.size();
    List<Map.Entry<Integer, Long>> common =
        byCount().filter(entry -> !isRare(entry.getValue())).limit(LISTED).toList();
    if (common.isEmpty()) {
      return new InvalidInputException(
          "%s, found %s colours, none in more than 0.1 %% of the pixels, as in a photograph"
              .formatted(problem, number));
    }
    return new InvalidInputException(
        "%s, found %s colours: %s%s; say in the network card what they mean, in the order of its categories: masks: {values: [%s], ignore: []}"
            .formatted(
                problem,
                number,
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
