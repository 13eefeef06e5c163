package io.disassembler.data;

import io.disassembler.graph.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How images of any number of bands are read, which are no pictures of three colours.
 *
 * @param fullRange whether numbers are divided by the largest of their type first (255, 65535; 1
 *     for floating point), since the card names no other scale
 * @param picture the bands that are shown as red, green and blue, from 0; empty for the first three
 * @param axes the order of the axes of arrays, CHW or HWC, of volumes CDHW or DHWC; null where
 *     their extents show it
 */
public record BandImages(boolean fullRange, List<Integer> picture, @Nullable Layout axes) {
  /** Of the range that their type has. */
  static final BandImages DEFAULT = new BandImages(true, List.of(), null);

  /**
   * @throws IllegalArgumentException if the parts make no sense; the message names the YAML key
   */
  public BandImages {
    picture = List.copyOf(picture);
    CardChecks.picture(picture, axes);
  }

  /** The same with numbers as they are. */
  BandImages asStored() {
    return new BandImages(false, picture, axes);
  }

  /** The bands to show, as red, green and blue. */
  List<Integer> shown(int channels) {
    if (!picture.isEmpty()) {
      return picture;
    }
    return channels < 3 ? List.of(0, 0, 0) : List.of(0, 1, 2);
  }
}
