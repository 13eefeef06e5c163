package io.disassembler.data;

import io.disassembler.graph.Layout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parts of a {@link NetworkCard} must fulfil; the messages name the keys of its YAML. */
final class CardChecks {
  static final int LARGEST_16_BIT = 65535;

  private CardChecks() {}

  static void names(List<String> categories) {
    require(!categories.isEmpty(), "categories: expected at least one name, found none");
    Set<String> seen = new HashSet<>();
    for (String name : categories) {
      require(!name.isBlank(), "categories: expected names, found an empty one");
      require(seen.add(name), "categories: \"" + name + "\" is listed twice");
    }
  }

  static void scale(double scale) {
    require(
        scale > 0 && Double.isFinite(scale),
        "input.scale: expected a number above 0, found " + scale);
  }

  static void perChannel(String key, List<Double> numbers, ColorOrder color) {
    require(
        color == ColorOrder.BANDS || numbers.size() == color.channels(),
        "%s: expected one number for each channel of %s (%d), found %d"
            .formatted(key, color, color.channels(), numbers.size()));
    require(
        numbers.stream().allMatch(Double::isFinite),
        key + ": expected finite numbers, found " + numbers);
  }

  static void asMany(List<Double> mean, List<Double> std) {
    require(
        mean.size() == std.size(),
        "input.std: expected one number for each of input.mean (%d), found %d"
            .formatted(mean.size(), std.size()));
  }

  static void picture(List<Integer> bands, @Nullable Layout axes) {
    require(
        bands.isEmpty() || (bands.size() == 3 && bands.stream().allMatch(band -> band >= 0)),
        "input.picture: expected three numbers of bands, from 0, found " + bands);
    require(
        axes == null || (axes.channelAxis() >= 0 && !axes.batched()),
        "input.axes: expected CHW or HWC, of volumes CDHW or DHWC, found " + axes);
  }

  static void positive(String key, List<Double> numbers) {
    require(
        numbers.stream().allMatch(number -> number > 0),
        key + ": expected numbers above 0, found " + numbers);
  }

  static void oneForEach(List<String> categories, List<List<Integer>> maskValues) {
    require(
        maskValues.size() == categories.size(),
        "masks.values: expected one entry for each category (%d), found %d"
            .formatted(categories.size(), maskValues.size()));
  }

  static void distinctValues(
      List<List<Integer>> maskValues, List<Integer> ignored, @Nullable DecisionRule rule) {
    Set<Integer> seen = new HashSet<>();
    for (List<Integer> values : maskValues) {
      // One value may say that several categories are there that do not exclude each other.
      Set<Integer> before = rule == DecisionRule.INDEPENDENT ? new HashSet<>() : seen;
      values.forEach(value -> newValue("masks.values", value, before));
      seen.addAll(before);
    }
    ignored.forEach(value -> newValue("masks.ignore", value, seen));
    require(
        seen.stream().allMatch(MaskColor::is) || seen.stream().noneMatch(MaskColor::is),
        "masks.values, masks.ignore: expected numbers or colours, found both");
  }

  static void independent(int categories, @Nullable DecisionRule rule, boolean maskBits) {
    require(
        rule != DecisionRule.INDEPENDENT || categories <= DecisionRule.MOST_INDEPENDENT,
        "decision: at most %d categories may be independent, found %d"
            .formatted(DecisionRule.MOST_INDEPENDENT, categories));
    require(
        !maskBits || rule != DecisionRule.EXCLUSIVE || categories == 1,
        "masks.bits: says that a pixel may have several categories, but decision is exclusive");
  }

  static void thresholds(int categories, List<Double> thresholds) {
    require(
        thresholds.isEmpty() || thresholds.size() == categories,
        "thresholds: expected one number for each category (%d), found %d"
            .formatted(categories, thresholds.size()));
    require(
        thresholds.stream().allMatch(threshold -> threshold > 0 && threshold < 1),
        "thresholds: expected probabilities above 0 and below 1, found " + thresholds);
  }

  static void images(@Nullable Layout layout) {
    require(
        layout == null || (layout.channelAxis() >= 0 && (layout.batched() || !layout.volumes())),
        "input.layout: expected NCHW, NHWC, CHW or HWC, of volumes NCDHW or NDHWC, found "
            + layout);
  }

  private static void newValue(String key, int value, Set<Integer> seen) {
    if (!MaskColor.is(value) && (value < -1 || value > LARGEST_16_BIT)) {
      throw new IllegalArgumentException(
          "%s: expected values from -1 to %d, found %d".formatted(key, LARGEST_16_BIT, value));
    }
    if (!seen.add(value)) {
      throw new IllegalArgumentException(
          key + ": " + MaskColor.text(value) + " is given more than one meaning");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
