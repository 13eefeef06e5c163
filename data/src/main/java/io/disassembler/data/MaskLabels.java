package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Turns mask values into category numbers, as a card says. */
final class MaskLabels {
  /** Label of pixels that count nowhere. */
  static final int IGNORED = -1;

  private static final int UNKNOWN = -2;

  private final int[] labelByValue;
  private final int categories;
  private final String name;

  /** What a value means that the card does not know: of one category, that it is not there. */
  private final int other;

  MaskLabels(NetworkCard card) {
    int largest =
        Stream.concat(card.maskValues().stream().flatMap(List::stream), card.ignored().stream())
            .reduce(0, Math::max);
    labelByValue = new int[largest + 1];
    categories = card.categories().size();
    name = card.categories().get(0);
    other = categories == 1 ? 1 : UNKNOWN;
    Arrays.fill(labelByValue, other);
    for (int category = 0; category < categories; category++) {
      for (int value : card.maskValues().get(category)) {
        labelByValue[value] = category;
      }
    }
    card.ignored().forEach(value -> labelByValue[value] = IGNORED);
  }

  /**
   * @return a category or {@link #IGNORED} for each pixel; 1 where a network's only category is not
   * @throws InvalidInputException if the mask has a value that the card does not know
   */
  int[] labels(Mask mask) {
    int[] values = mask.values();
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int value = values[i];
      int label = label(value);
      if (label == UNKNOWN) {
        throw unknown(mask, value);
      }
      labels[i] = label;
    }
    return labels;
  }

  /** A category, {@link #IGNORED}, or something else. */
  int label(int value) {
    return value < labelByValue.length ? labelByValue[value] : other;
  }

  /** Number of categories. */
  int categories() {
    return categories;
  }

  /** What the first is called. */
  String name() {
    return name;
  }

  private InvalidInputException unknown(Mask mask, int value) {
    long count = Arrays.stream(mask.values()).filter(v -> v == value).count();
    return new InvalidInputException(
        ("%s: value %d (%d of %d pixels) means none of the network's %d categories; list it under"
                + " masks.ignore or masks.values in the network card")
            .formatted(mask.file(), value, count, mask.values().length, categories));
  }
}
