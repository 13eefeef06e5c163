package io.disassembler.data;

/**
 * A category for every pixel.
 *
 * @param values (depth x) height x width category numbers, row by row, -1 where none counts; of
 *     independent categories sets of them, bit c for category c; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are read once; no one compares them
public record LabelMap(Size size, int[] values) {

  public LabelMap {
    if (values.length != size.area()) {
      throw new IllegalArgumentException(values.length + " labels for " + size);
    }
  }

  /** That of an image at another size, by nearest neighbour; itself where it has that size. */
  public LabelMap at(Size other) {
    return size.equals(other)
        ? this
        : new LabelMap(other, NearestResize.resize(values, size, other));
  }
}
