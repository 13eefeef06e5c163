package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A mask value that means nothing, and what it may be.
 *
 * @param values all of the mask's, as the card counts them: numbers or colours
 * @param value the first that means nothing
 * @param categories how many the network has
 * @param known whether a value has a meaning
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record UnknownValue(Mask mask, int[] values, int value, int categories, IntPredicate known) {
  private static final int LARGEST = 65535;
  private static final int INSTANCES = 1000;
  private static final int CITYSCAPES = 19;

  InvalidInputException complaint() {
    long count = Arrays.stream(values).filter(v -> v == value).count();
    return new InvalidInputException(
        "%s: %s %s (%d of %d pixels) means none of the network's %d categories; %s"
            .formatted(
                mask.file(),
                MaskColor.is(value) ? "colour" : "value",
                MaskColor.text(value),
                count,
                values.length,
                categories,
                advice()));
  }

  private String advice() {
    if (MaskColor.is(value)) {
      return "list it under masks.ignore or masks.values in the network card"
          + new ColorReport().add(mask.colors()).smoothed();
    }
    if (String.valueOf(mask.file().getFileName()).contains("labelIds")
        && categories == CITYSCAPES) {
      return "these are Cityscapes' label ids; open the data set as cityscapes:DIR:SPLIT, which makes train ids of them, or list them under masks.values in the network card";
    }
    long different = Arrays.stream(values).filter(v -> !known.test(v)).distinct().count();
    if (value > 255 && (value >= INSTANCES || different > 1)) {
      return "it looks like the number of an instance (there are %d such values; Cityscapes' are 1000 times the category plus a count); convert the mask to categories"
          .formatted(different);
    }
    if (value < -1 || value > LARGEST) {
      return "convert the mask to numbers from 0 to " + LARGEST;
    }
    return (different > 1 ? "so do %d other values; list them".formatted(different - 1) : "list it")
        + " under masks.ignore or masks.values in the network card";
  }
}
