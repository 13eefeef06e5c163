package io.disassembler.operator.standard;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The vectors of indices that GatherND and ScatterND read: the last axis of a tensor. */
final class IndexVectors {
  private IndexVectors() {}

  /**
   * Each vector as one index into the axes of {@code extents} that it is about, flattened.
   *
   * @param first the axis that a vector's first element is about
   */
  static Tensor flat(Tensor indices, long[] extents, int first) {
    int last = (int) indices.dim() - 1;
    Tensor flat = Gather.fromFront(indices.select(last, 0), extents[first]);
    for (int i = 1; i < indices.size(last); i++) {
      long extent = extents[first + i];
      flat = flat.mul(new Scalar(extent)).add(Gather.fromFront(indices.select(last, i), extent));
    }
    return flat;
  }
}
