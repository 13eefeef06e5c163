package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Mask;
import io.disassembler.data.MaskReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads mask files whose values stand for others.
 *
 * @param data what the data set is called
 * @param meaning for each value in the files the mask value that it stands for
 */
record ValueTable(String data, int[] meaning) implements MaskReader {
  @Override
  public Mask read(Path file) throws IOException {
    Mask stored = Mask.read(file);
    int[] values =
        Arrays.stream(stored.values())
            .map(
                value -> {
                  if (value < 0 || value >= meaning.length) {
                    throw unknown(file, stored.values(), value);
                  }
                  return meaning[value];
                })
            .toArray();
    return Mask.of(file, stored.size(), values);
  }

  private InvalidInputException unknown(Path file, int[] values, int value) {
    long count = Arrays.stream(values).filter(other -> other == value).count();
    return new InvalidInputException(
        "%s: expected values of %s, 0 to %d, found %d (%d of %d pixels)"
            .formatted(file, data, meaning.length - 1, value, count, values.length));
  }
}
