package io.disassembler.data;

/**
 * Nearest-neighbour resizing of labels, to the pixel what Pillow's {@code Image.resize(size,
 * NEAREST)} gives: output {@code o} of an axis is input {@code floor((o + 0.5) * in / out)}.
 */
final class NearestResize {
  private NearestResize() {}

  /**
   * @param values {@code source.height() * source.width()} values, row by row
   * @return {@code target.height() * target.width()} values
   */
  static int[] resize(int[] values, Size source, Size target) {
    if (source.equals(target)) {
      return values;
    }
    int[] rows = indices(source.height(), target.height());
    int[] columns = indices(source.width(), target.width());
    int[] resized = new int[target.area()];
    int out = 0;
    for (int row : rows) {
      for (int column : columns) {
        resized[out++] = values[row * source.width() + column];
      }
    }
    return resized;
  }

  /** Adds up steps as Pillow does; multiplying rounds differently where two inputs are as near. */
  private static int[] indices(int inputs, int outputs) {
    double step = (double) inputs / outputs;
    double position = step * 0.5;
    int[] indices = new int[outputs];
    for (int o = 0; o < outputs; o++) {
      indices[o] = Math.min((int) position, inputs - 1);
      position += step;
    }
    return indices;
  }
}
