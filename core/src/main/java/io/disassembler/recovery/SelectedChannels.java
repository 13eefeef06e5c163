package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.selection.Selection;
import java.util.stream.IntStream;

/** Which channels of a value stay. */
final class SelectedChannels {
  private SelectedChannels() {}

  /**
   * Indices of the channels that are kept, ascending; all of them where none can be removed.
   *
   * @param value with its channels along axis 1
   */
  static int[] of(Anatomy anatomy, Selection selection, String value) {
    int size = Math.toIntExact(anatomy.probe().shape(value).dimension(1));
    return anatomy
        .groups()
        .channels(value)
        .map(selection::kept)
        .orElseGet(() -> IntStream.range(0, size).toArray());
  }
}
