package io.disassembler.explorer.view;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the full network and a sub-network make of one picture, and what people say that it shows,
 * in the sub-network's categories: numbers, or sets where categories are independent; negative
 * where the labels ignore a pixel.
 *
 * @param mapping the sub-network's categories; a number of as many as there are stands for none
 * @param labels (depth x) height x width; null if no one says
 * @param full (depth x) height x width
 * @param part (depth x) height x width
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
public record Masks(
    Size size, CategoryMapping mapping, int @Nullable [] labels, int[] full, int[] part) {
  private static final int LARGEST_BYTE = 255;

  /** Bytes that each pixel takes to be sent: all bits set are left for those that are ignored. */
  public int bytesPerPixel() {
    int names = mapping.names().size();
    return mapping.independent() ? names / Byte.SIZE + 1 : names < LARGEST_BYTE ? 1 : 2;
  }

  /** One of the three as bytes, little-endian; of a volume its middle slice. */
  public byte[] bytes(int[] pixels) {
    int each = bytesPerPixel();
    int from = size.middle();
    byte[] bytes = new byte[each * size.slice().area()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (pixels[from + i / each] >> (Byte.SIZE * (i % each)));
    }
    return bytes;
  }

  /** Share of the pixels on which both networks agree. */
  public double agreement() {
    int same = 0;
    for (int pixel = 0; pixel < full.length; pixel++) {
      same += full[pixel] == part[pixel] ? 1 : 0;
    }
    return (double) same / full.length;
  }
}
