package io.disassembler.data.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.base.InvalidInputException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an element of a COCO file is called: a whole number or, as in Cityscapes' panoptic files, a
 * text. Numbers are in their order and before texts.
 *
 * @param number null for a text
 */
record CocoId(@Nullable BigInteger number, String text) implements Comparable<CocoId> {
  private static final Comparator<CocoId> ORDER =
      Comparator.comparing(
              (CocoId id) -> id.number, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(CocoId::text);

  /**
   * The id that an element has or names.
   *
   * @throws InvalidInputException if there is none, or it is neither a whole number nor a text
   */
  static CocoId of(CocoFile file, JsonNode element, String key) {
    JsonNode value = file.required(element, key);
    if (value.isTextual()) {
      return new CocoId(null, value.textValue());
    }
    if (!value.canConvertToExactIntegral()) {
      throw file.refused(
          element, "has %s %s; expected a whole number or a text".formatted(key, value));
    }
    BigInteger number = value.bigIntegerValue();
    return new CocoId(number, number.toString());
  }

  @Override
  public int compareTo(CocoId other) {
    return Objects.compare(this, other, ORDER);
  }

  @Override
  public String toString() {
    return text;
  }
}
