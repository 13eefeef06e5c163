package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns what masks store into category numbers, as a card says: by number or by colour. */
final class MaskLabels {
  /** Label of pixels that count nowhere. */
  static final int IGNORED = -1;

  private static final int UNKNOWN = -2;

  private final Map<Integer, Integer> labelByValue = new HashMap<>();
  private final boolean byColor;
  private final int categories;
  private final String name;

  /** What a value means that the card does not know: of one category, that it is not there. */
  private final int other;

  MaskLabels(NetworkCard card) {
    byColor =
        Stream.concat(card.maskValues().stream().flatMap(List::stream), card.ignored().stream())
            .anyMatch(MaskColor::is);
    categories = card.categories().size();
    name = card.categories().get(0);
    other = categories == 1 ? 1 : UNKNOWN;
    for (int category = 0; category < categories; category++) {
      for (int value : card.maskValues().get(category)) {
        labelByValue.put(value, category);
      }
    }
    card.ignored().forEach(value -> labelByValue.put(value, IGNORED));
  }

  /** True if the card says what colours mean. */
  boolean byColor() {
    return byColor;
  }

  /**
   * @return a category or {@link #IGNORED} for each pixel; 1 where a network's only category is not
   * @throws InvalidInputException if the mask has a value that the card does not know
   */
  int[] labels(Mask mask) {
    int[] values = values(mask);
    int[] labels = new int[values.length];
    int before = 0;
    int label = label(before);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != before) {
        before = values[i];
        label = label(before);
      }
      if (label == UNKNOWN) {
        throw new UnknownValue(mask, values, before, categories, this::isKnown).complaint();
      }
      labels[i] = label;
    }
    return labels;
  }

  /** A mask's values as the card counts them: numbers, or colours. */
  int[] values(Mask mask) {
    return byColor ? Arrays.stream(mask.colors()).map(MaskColor::value).toArray() : mask.values();
  }

  /** A category, {@link #IGNORED}, or something else. */
  int label(int value) {
    Integer known = labelByValue.get(value);
    if (known != null) {
      return known;
    }
    return value < 0 ? UNKNOWN : other;
  }

  /** Number of categories. */
  int categories() {
    return categories;
  }

  /** What the first is called. */
  String name() {
    return name;
  }

  private boolean isKnown(int value) {
    return label(value) != UNKNOWN;
  }
}
