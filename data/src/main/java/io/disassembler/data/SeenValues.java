package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which values masks hold, for a network of a single category or of independent ones: every value
 * that is not theirs means no, so that a card with other values in mind is not contradicted by any
 * mask alone.
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
    if (labels.saysNoOtherwise(mask)) {
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
    if (something && seen.stream().noneMatch(labels::isCategory)) {
      throw new InvalidInputException(
          "masks.values: no mask has a value that means %s; the values that occur are %s; list those that do under masks.values in the network card%s"
              .formatted(
                  labels.categories() == 1
                      ? "'%s', the network's only category".formatted(labels.name())
                      : "any of the network's categories",
                  seen.stream()
                      .limit(MOST_LISTED)
                      .map(MaskColor::text)
                      .collect(
                          Collectors.joining(", ", "", seen.size() > MOST_LISTED ? ", ..." : "")),
                  labels.categories() == 1 ? ", or leave the key out: then all but 0 do" : ""));
    }
  }
}
