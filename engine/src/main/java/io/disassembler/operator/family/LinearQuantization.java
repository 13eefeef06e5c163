package io.disassembler.operator.family;

import io.disassembler.graph.ElementType;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Labels;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.flow.PerChannel;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Floats as whole numbers, as ONNX's QuantizeLinear has it: {@code clamp(round(x / scale) + zero
 * point)}, ties to even, and {@code (q - zero point) * scale} back.
 */
public final class LinearQuantization {
  private LinearQuantization() {}

  /** The smallest number of {@code type}. */
  public static long least(ElementType type) {
    return switch (type) {
      case UINT8, UINT16 -> 0;
      case INT8, INT16, INT32 -> -1L << (8 * type.bytes() - 1);
      default -> throw new CannotRunException("expected whole numbers to 32 bits, found " + type);
    };
  }

  /** The largest number of {@code type}. */
  public static long most(ElementType type) {
    return least(type) + (1L << (8 * type.bytes())) - 1;
  }

  /**
   * The whole numbers that {@code x} becomes.
   *
   * @param scale one number, or one for each index along {@code axis}
   * @param zero as many, of the type of the result; null for 0
   */
  public static Tensor quantized(
      Tensor x, Tensor scale, @Nullable Tensor zero, long axis, ElementType type) {
    Tensor steps = x.to(scale.scalar_type()).div(along(scale, x.dim(), axis)).round();
    return clamped(steps, zero == null ? null : along(zero, x.dim(), axis), type);
  }

  /**
   * Whole numbers of {@code type}.
   *
   * @param steps rounded, how many scales each number is
   * @param zero what is added; null for 0
   */
  public static Tensor clamped(Tensor steps, @Nullable Tensor zero, ElementType type) {
    Tensor shifted = zero == null ? steps : steps.add(zero.to(steps.scalar_type()));
    return shifted
        .clamp(
            new ScalarOptional(new Scalar(least(type))), new ScalarOptional(new Scalar(most(type))))
        .to(TensorData.scalarType(type));
  }

  /** {@code q} less its zero point, exactly, in float64; a null zero point is 0. */
  public static Tensor centred(Tensor q, @Nullable Tensor zero, long axis) {
    Tensor exact = q.to(ScalarType.Double);
    return zero == null ? exact : exact.sub(along(zero, q.dim(), axis).to(ScalarType.Double));
  }

  /** {@code parameter}, one number or one for each index along {@code axis}, to broadcast. */
  public static Tensor along(Tensor parameter, long rank, long axis) {
    if (parameter.numel() == 1) {
      return parameter.reshape();
    }
    long[] shape = new long[(int) rank];
    Arrays.fill(shape, 1);
    shape[(int) (axis < 0 ? axis + rank : axis)] = parameter.numel();
    return parameter.reshape(shape);
  }

  /** Channels of the first input pass through; scales and zero points for each go with them. */
  public static void flow(ChannelFlow flow, long axis) {
    Labels labels = flow.labels(0);
    int front = (int) (axis < 0 ? axis + flow.input(0).rank() : axis);
    if (flow.has(1) && flow.input(1).elements() > 1) {
      int[] channels = flow.channels(0, front);
      PerChannel.follow(flow, 1, 0, channels);
      PerChannel.follow(flow, 2, 0, channels);
      labels = Labels.along(flow.output(0), front, channels);
    }
    flow.output(0, labels.withShape(flow.output(0)));
  }
}
