package io.disassembler.check;

import io.disassembler.base.Stable;

/**
 * How to check a network.
 *
 * @param cuts number of random selections to cut at, at least 0
 * @param seed of the random pixels and selections
 * @param threads that ONNX Runtime and our engine compute with, at least 1
 */
@Stable
public record CheckSettings(int cuts, long seed, int threads) {
  /** Smallest share of pixels that must get the same category. */
  public static final double AGREEMENT = 0.9999;

  public CheckSettings {
    if (cuts < 0 || threads < 1) {
      throw new IllegalArgumentException("cuts " + cuts + ", threads " + threads);
    }
  }
}
