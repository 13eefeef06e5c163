package io.disassembler.operator;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** A grid of positions of (N, C, spatial...) values, where all of them would be too many. */
public final class Positions {
  private Positions() {}

  /** The first position along each spatial axis and every so many after it. */
  public static Tensor of(Tensor values, int every) {
    Tensor some = values;
    for (int axis = 2; axis < values.dim() && every > 1; axis++) {
      some = some.slice(axis, new LongOptional(0), new LongOptional(some.size(axis)), every);
    }
    return some;
  }

  /**
   * How far apart to take positions along each axis. Odd, because upsampled values come in pairs.
   *
   * @param positions how many there are
   * @param wanted how many to take at least, if there are as many
   * @param axes spatial axes
   */
  public static int spacing(long positions, long wanted, int axes) {
    int spacing = 1;
    while (axes > 0 && Math.pow(spacing + 2, axes) * wanted <= positions) {
      spacing += 2;
    }
    return spacing;
  }
}
