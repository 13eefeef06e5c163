package io.disassembler.operator.shape;

import io.disassembler.operator.ChannelCut.Kept;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Indices along an axis, as ONNX's operators read them: negative ones count from the back. */
public final class Indices {
  private Indices() {}

  /** {@code indices} into an axis of {@code extent} as INT64, counted from the front. */
  public static Tensor fromFront(Tensor indices, long extent) {
    Tensor wide = indices.to(ScalarType.Long);
    return wide.add(wide.lt(new Scalar(0)).to(ScalarType.Long).mul(new Scalar(extent)));
  }

  /**
   * Vectors of indices, the last axis of a tensor as GatherND and ScatterND read them: each as one
   * index into the axes of {@code extents} that it is about, flattened.
   *
   * @param first the axis that a vector's first element is about
   */
  public static Tensor flat(Tensor vectors, long[] extents, int first) {
    int last = (int) vectors.dim() - 1;
    Tensor flat = fromFront(vectors.select(last, 0), extents[first]);
    for (int i = 1; i < vectors.size(last); i++) {
      long extent = extents[first + i];
      flat = flat.mul(new Scalar(extent)).add(fromFront(vectors.select(last, i), extent));
    }
    return flat;
  }

  /**
   * Where indices along an axis land once channels are cut out of it: the new numbers of those of
   * {@code indices} that {@code kept} keeps, in their order.
   *
   * @param indices counted from the front
   */
  public static long[] kept(long[] indices, Kept kept) {
    return Arrays.stream(indices)
        .filter(index -> Arrays.binarySearch(kept.indices(), (int) index) >= 0)
        .map(index -> kept.rank((int) index))
        .toArray();
  }
}
