package io.disassembler.operator.family;

import io.disassembler.graph.ElementType;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The largest and the smallest of no elements: what ONNX's ReduceMax and ReduceMin give then. */
public final class Extremes {
  private Extremes() {}

  /** True if {@code x} has no elements along one of the axes. */
  public static boolean isEmpty(Tensor x, long[] over) {
    return Arrays.stream(over).anyMatch(axis -> x.size(axis) == 0);
  }

  /** The smallest value of {@code x}'s type in place of every fold. */
  public static Tensor lowest(Tensor x, long[] over, boolean keepdims) {
    ElementType type = TensorData.type(x);
    int bits = 8 * type.bytes();
    return filled(
        x,
        over,
        keepdims,
        switch (type) {
          case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> new Scalar(Double.NEGATIVE_INFINITY);
          case INT8, INT16, INT32, INT64 -> new Scalar(-1L << (bits - 1));
          case UINT8, UINT16, UINT32, UINT64, BOOL -> new Scalar(0L);
        });
  }

  /** The largest value of {@code x}'s type in place of every fold. */
  public static Tensor highest(Tensor x, long[] over, boolean keepdims) {
    ElementType type = TensorData.type(x);
    int bits = 8 * type.bytes();
    return filled(
        x,
        over,
        keepdims,
        switch (type) {
          case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> new Scalar(Double.POSITIVE_INFINITY);
          case INT8, INT16, INT32, INT64 -> new Scalar(-1L >>> (65 - bits));
          case UINT8, UINT16, UINT32, UINT64 -> new Scalar(-1L >>> (64 - bits));
          case BOOL -> new Scalar(1L);
        });
  }

  private static Tensor filled(Tensor x, long[] over, boolean keepdims, Scalar value) {
    Tensor shaped = x.sum(over, keepdims, new ScalarTypeOptional(x.scalar_type()));
    return torch.full_like(shaped, value);
  }
}
