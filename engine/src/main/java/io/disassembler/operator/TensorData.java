package io.disassembler.operator;

import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.libtorch.Libtorch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Moves elements between libtorch tensors and Java. */
public final class TensorData {
  static {
    Libtorch.settle();
  }

  private TensorData() {}

  /** libtorch's name for {@code type}. */
  public static ScalarType scalarType(ElementType type) {
    return switch (type) {
      case FLOAT -> ScalarType.Float;
      case DOUBLE -> ScalarType.Double;
      case FLOAT16 -> ScalarType.Half;
      case BFLOAT16 -> ScalarType.BFloat16;
      case INT8 -> ScalarType.Char;
      case UINT8 -> ScalarType.Byte;
      case INT16 -> ScalarType.Short;
      case UINT16 -> ScalarType.UInt16;
      case INT32 -> ScalarType.Int;
      case UINT32 -> ScalarType.UInt32;
      case INT64 -> ScalarType.Long;
      case UINT64 -> ScalarType.UInt64;
      case BOOL -> ScalarType.Bool;
    };
  }

  /** The element type of {@code tensor}. */
  public static ElementType type(Tensor tensor) {
    ScalarType scalar = tensor.scalar_type().intern();
    for (ElementType type : ElementType.values()) {
      if (scalarType(type) == scalar) {
        return type;
      }
    }
    throw new IllegalArgumentException("no ONNX type for a tensor of " + scalar);
  }

  /** The shape of {@code tensor}. */
  public static Shape shape(Tensor tensor) {
    return Shape.of(sizes(tensor));
  }

  /** The extents of {@code tensor}. */
  public static long[] sizes(Tensor tensor) {
    long[] sizes = new long[(int) tensor.dim()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = tensor.size(axis);
    }
    return sizes;
  }

  /** A CPU tensor with a copy of {@code weight}'s elements. */
  public static Tensor of(Weight weight) {
    Tensor tensor =
        torch.empty(
            weight.shape().dimensions(),
            new TensorOptions(scalarType(weight.type())),
            new org.bytedeco.pytorch.MemoryFormatOptional());
    if (weight.bytes() > 0) {
      BytePointer to = new BytePointer(tensor.data_ptr()).capacity(weight.bytes());
      to.asBuffer().put(weight.data());
    }
    return tensor;
  }

  /** A CPU tensor of type INT64. */
  public static Tensor ofLongs(long[] values, long... shape) {
    Tensor flat =
        values.length == 0
            ? torch.empty(new long[] {0}).to(ScalarType.Long)
            : Tensor.create(values);
    return flat.reshape(shape);
  }

  /** A weight with a copy of {@code tensor}'s elements. */
  public static Weight toWeight(String name, Tensor tensor) {
    Tensor dense = onCpu(tensor).contiguous();
    Shape shape = shape(dense);
    ElementType type = type(dense);
    ByteBuffer raw =
        ByteBuffer.allocate(inArray(shape.elements() * type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (raw.capacity() > 0) {
      raw.put(new BytePointer(dense.data_ptr()).capacity(raw.capacity()).asBuffer()).flip();
    }
    return Weight.of(name, type, shape, raw);
  }

  /** The elements of an integer or boolean tensor, row-major. */
  public static long[] longs(Tensor tensor) {
    Tensor dense = onCpu(tensor).to(ScalarType.Long).contiguous();
    long[] values = new long[inArray(dense.numel())];
    if (values.length > 0) {
      dense.data_ptr_long().get(values);
    }
    return values;
  }

  /** The elements of a tensor as floats, row-major. */
  public static float[] floats(Tensor tensor) {
    Tensor dense = onCpu(tensor).to(ScalarType.Float).contiguous();
    float[] values = new float[inArray(dense.numel())];
    if (values.length > 0) {
      dense.data_ptr_float().get(values);
    }
    return values;
  }

  /** The elements of a tensor as doubles, row-major. */
  public static double[] doubles(Tensor tensor) {
    Tensor dense = onCpu(tensor).to(ScalarType.Double).contiguous();
    double[] values = new double[inArray(dense.numel())];
    if (values.length > 0) {
      dense.data_ptr_double().get(values);
    }
    return values;
  }

  private static int inArray(long count) {
    if (count > Integer.MAX_VALUE) {
      throw new NotEnoughMemoryException(
          "not enough memory (%d numbers are more than an array of Java can hold); a smaller image size or fewer images per batch takes less"
              .formatted(count));
    }
    return (int) count;
  }

  private static Tensor onCpu(Tensor tensor) {
    Tensor detached = tensor.detach();
    return detached.is_cpu()
        ? detached
        : detached.to(new Device("cpu"), detached.scalar_type(), false, false, noFormat());
  }

  private static org.bytedeco.pytorch.MemoryFormatOptional noFormat() {
    return new org.bytedeco.pytorch.MemoryFormatOptional();
  }
}
