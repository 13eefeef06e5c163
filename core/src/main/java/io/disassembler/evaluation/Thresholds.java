package io.disassembler.evaluation;

import java.util.List;

/**
 * What a network puts out for categories that do not compete: a single one, or independent ones.
 *
 * @param values pixels with a score above it belong to the category; one for each category, or one
 *     for all
 */
public record Thresholds(List<Float> values) {
  /** Any number; positive for the category. */
  public static final Thresholds LOGIT = all(0);

  /** From 0 to 1, as of a network that ends in a Sigmoid. */
  public static final Thresholds PROBABILITY = all(0.5f);

  public Thresholds {
    values = List.copyOf(values);
  }

  /** The same for all categories. */
  public static Thresholds all(float value) {
    return new Thresholds(List.of(value));
  }

  /** That of a category. */
  public float of(int category) {
    return values.size() == 1 ? values.get(0) : values.get(category);
  }

  /** Those of some categories, in their order. */
  public Thresholds chosen(List<Integer> categories) {
    return new Thresholds(categories.stream().map(this::of).toList());
  }
}
