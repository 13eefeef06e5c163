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
        numbers.size() == color.channels(),
        "%s: expected one number for each channel of %s (%d), found %d"
            .formatted(key, color, color.channels(), numbers.size()));
    require(
        numbers.stream().allMatch(Double::isFinite),
        key + ": expected finite numbers, found " + numbers);
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

  static void distinctValues(List<List<Integer>> maskValues, List<Integer> ignored) {
    Set<Integer> seen = new HashSet<>();
    maskValues.forEach(values -> values.forEach(value -> newValue("masks.values", value, seen)));
    ignored.forEach(value -> newValue("masks.ignore", value, seen));
    require(
        seen.stream().allMatch(MaskColor::is) || seen.stream().noneMatch(MaskColor::is),
        "masks.values, masks.ignore: expected numbers or colours, found both");
  }

  static void images(@Nullable Layout layout) {
    require(
        layout == null || layout.channelAxis() >= 0,
        "input.layout: expected NCHW, NHWC, CHW or HWC, found " + layout);
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
