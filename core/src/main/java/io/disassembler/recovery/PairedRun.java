package io.disassembler.recovery;

import io.disassembler.engine.Walk;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One batch of calibration images on its way through both networks.
 *
 * @param full the untouched network
 * @param small the sub-network
 * @param batch index of the batch
 * @param sampling which of its pixels are learned from
 */
record PairedRun(Walk full, Walk small, int batch, PixelSampling sampling) {
  private static final int HELD_OUT = 4;

  /** Whether a batch decides about ridges; it is used for the regression afterwards. */
  static boolean isHeldOut(int batch) {
    return batch % HELD_OUT == HELD_OUT - 1;
  }

  boolean isHeldOut() {
    return isHeldOut(batch);
  }

  /** See {@link PixelSampling#draw}. */
  List<Tensor> draw(Tensor grid, long most, Tensor... samples) {
    return sampling.draw(batch, grid, most, samples);
  }
}
