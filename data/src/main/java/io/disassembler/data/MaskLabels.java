package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Turns what masks store into category numbers, as a card says: by number or by colour. Where
 * categories are independent, labels are sets: bit c is set where category c is.
 */
final class MaskLabels {
  /** Label of pixels that count nowhere. */
  static final int IGNORED = -1;

  private static final int UNKNOWN = -2;

  private final Map<Integer, Integer> labelByValue = new HashMap<>();
  private final boolean byColor;
  private final int categories;
  private final String name;
  private final boolean independent;
  private final boolean bits;

  /**
   * What a value means that the card does not know: of one category, or of independent ones, that
   * none is there.
   */
  private final int other;

  MaskLabels(NetworkCard card) {
    byColor =
        Stream.concat(card.maskValues().stream().flatMap(List::stream), card.ignored().stream())
            .anyMatch(MaskColor::is);
    categories = card.categories().size();
    name = card.categories().get(0);
    independent = card.independent();
    bits = card.maskBits();
    other = independent ? 0 : categories == 1 ? 1 : UNKNOWN;
    for (int category = 0; category < categories; category++) {
      for (int value : card.maskValues().get(category)) {
        labelByValue.merge(value, independent ? 1 << category : category, (a, b) -> a | b);
      }
    }
    card.ignored().forEach(value -> labelByValue.put(value, IGNORED));
  }

  /** True if the card says what colours mean. */
  boolean byColor() {
    return byColor;
  }

  /**
   * @return a category, or the set of those that are independent, or {@link #IGNORED} for each
   *     pixel; 1 where a network's only category is not
   * @throws InvalidInputException if the mask has a value that the card does not know
   */
  int[] labels(Mask mask) {
    Optional<Mask.Overlaps> overlaps =
        bits ? Optional.of(bits(mask.values())) : mask.overlaps().filter(all -> hasSets());
    if (overlaps.isPresent()) {
      int[] sets = overlaps.get().sets(this::set);
      return independent ? sets : Arrays.stream(sets).map(MaskLabels::single).toArray();
    }
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

  /** Whether labels can be sets; of a single category it is in them or not. */
  boolean hasSets() {
    return independent || categories == 1;
  }

  /** The set that a value adds; of a single category it is bit 0. */
  private int set(int value) {
    int label = label(value);
    return independent || label < 0 ? Math.max(label, IGNORED) : label == 0 ? 1 : 0;
  }

  private static int single(int set) {
    return set < 0 ? set : 1 - set;
  }

  /** Values are the bits of numbers; a number that is ignored as a whole is no set. */
  private Mask.Overlaps bits(int[] numbers) {
    return meaning ->
        Arrays.stream(numbers)
            .map(number -> label(number) == IGNORED ? IGNORED : union(number, meaning))
            .toArray();
  }

  private static int union(int number, IntUnaryOperator meaning) {
    int set = 0;
    for (int rest = number; rest != 0; rest &= rest - 1) {
      set |= Math.max(0, meaning.applyAsInt(Integer.numberOfTrailingZeros(rest)));
    }
    return set;
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

  /** Whether the values of a mask that are no category's mean that none is there. */
  boolean saysNoOtherwise(Mask mask) {
    return hasSets() && !bits && mask.overlaps().isEmpty();
  }

  /** Whether a value says that a category is there. */
  boolean isCategory(int value) {
    return independent ? label(value) > 0 : label(value) == 0;
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
