package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which values masks hold, for a network of a single category: every value that is not its means
 * no, so that a card with another value in mind is not contradicted by any mask alone.
 */
final class SeenValues {
  /** As many are listed in a message. */
  private static final int MOST_LISTED = 12;

  private final MaskLabels labels;
  private final Set<Integer> seen = new TreeSet<>();

  SeenValues(MaskLabels labels) {
    this.labels = labels;
  }

  /** Notes the values of a mask. */
  void add(Mask mask) {
    if (labels.categories() == 1) {
      Set<Integer> values = new TreeSet<>();
      int last = -1;
      for (int value : labels.values(mask)) {
        if (value != last || values.isEmpty()) {
          values.add(value);
        }
        last = value;
      }
      synchronized (this) {
        seen.addAll(values);
      }
    }
  }

  /**
   * @throws InvalidInputException if masks hold something, but never the category
   */
  synchronized void requireCategory() {
    boolean something =
        seen.stream()
            .anyMatch(
                value ->
                    value != 0
                        && value != MaskColor.value(0)
                        && labels.label(value) != MaskLabels.IGNORED);
    if (something && seen.stream().noneMatch(value -> labels.label(value) == 0)) {
      throw new InvalidInputException(
          "masks.values: no mask has a value that means '%s', the network's only category; the values that occur are %s; list those that mean it under masks.values in the network card, or leave the key out: then all but 0 do"
              .formatted(
                  labels.name(),
                  seen.stream()
                      .limit(MOST_LISTED)
                      .map(MaskColor::text)
                      .collect(
                          Collectors.joining(", ", "", seen.size() > MOST_LISTED ? ", ..." : ""))));
    }
  }
}
