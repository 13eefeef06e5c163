package io.disassembler.evaluation;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Elements of tensors in other orders of axes and of other types, as ONNX Runtime takes them. */
final class TensorElements {
  private TensorElements() {}

  /**
   * Values in the order batch, channels, (depth,) height, width in another order, or back from it.
   *
   * @param plain their extents in that order
   * @param layout the other order, with channels last
   * @param toLayout false for back
   */
  static float[] turned(float[] values, Shape plain, Layout layout, boolean toLayout) {
    if (!layout.channelsLast()) {
      return values;
    }
    int channels = Math.toIntExact(plain.dimension(1));
    int area = Math.toIntExact(plain.elements() / plain.dimension(0) / channels);
    float[] turned = new float[values.length];
    for (int image = 0; image < values.length; image += channels * area) {
      for (int channel = 0; channel < channels; channel++) {
        for (int pixel = 0; pixel < area; pixel++) {
          int first = image + channel * area + pixel;
          int last = image + pixel * channels + channel;
          if (toLayout) {
            turned[last] = values[first];
          } else {
            turned[first] = values[last];
          }
        }
      }
    }
    return turned;
  }

  /** A tensor of {@code values} as elements of {@code type}, whole numbers rounded. */
  static OnnxTensor tensor(float[] values, long[] shape, OnnxJavaType type) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer raw =
        ByteBuffer.allocateDirect(Math.multiplyExact(values.length, type.size))
            .order(ByteOrder.nativeOrder());
    for (float value : values) {
      switch (type) {
        case FLOAT -> raw.putFloat(value);
        case DOUBLE -> raw.putDouble(value);
        case FLOAT16 -> raw.putShort(Fp16Conversions.floatToFp16(value));
        case BFLOAT16 -> raw.putShort(Fp16Conversions.floatToBf16(value));
        case UINT8, INT8 -> raw.put((byte) Math.round(value));
        case INT16 -> raw.putShort((short) Math.round(value));
        case INT32 -> raw.putInt(Math.round(value));
        case INT64 -> raw.putLong(Math.round(value));
        default -> throw new IllegalArgumentException("pixels of " + type);
      }
    }
    return OnnxTensor.createTensor(environment, raw.flip(), shape, type);
  }

  /** All elements of a buffer. */
  static float[] array(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }
}
