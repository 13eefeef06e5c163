package io.disassembler.evaluation;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory of a network's input (NCHW or NCDHW, 32-bit floats) outside the Java heap: filled once per
 * image and read in place by any number of networks. For files with another order of axes or
 * another type it is copied once.
 */
public final class InputTensor implements AutoCloseable {
  private final Shape shape;
  private final FloatBuffer elements;
  private final OnnxTensor tensor;
  private final Map<String, OnnxTensor> others = new HashMap<>();

  /**
   * An input full of zeros.
   *
   * @param shape its extents, NCHW or NCDHW
   */
  public InputTensor(Shape shape) {
    this.shape = shape;
    elements =
        ByteBuffer.allocateDirect(
                Math.toIntExact(Math.multiplyExact(shape.elements(), Float.BYTES)))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try {
      tensor =
          OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), elements, shape.dimensions());
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Extents, NCHW or NCDHW. */
  public Shape shape() {
    return shape;
  }

  /** Replaces all elements. */
  public void fill(float[] values) {
    if (values.length != elements.capacity()) {
      throw new IllegalArgumentException(values.length + " elements for an input of " + shape);
    }
    elements.put(0, values);
    forget();
  }

  /** The elements as a file takes them; made once, and valid until the next {@link #fill}. */
  OnnxTensor tensor(Layout layout, OnnxJavaType type) {
    if (layout == layout.withChannels() && type == OnnxJavaType.FLOAT) {
      return tensor;
    }
    return others.computeIfAbsent(layout + " " + type, key -> other(layout, type));
  }

  private OnnxTensor other(Layout layout, OnnxJavaType type) {
    if (!layout.batched() && shape.dimension(0) != 1) {
      throw new IllegalArgumentException("a network without a batch on " + shape);
    }
    long[] extents =
        layout
            .name()
            .chars()
            .mapToLong(axis -> shape.dimension(layout.withChannels().name().indexOf(axis)))
            .toArray();
    float[] values = TensorElements.turned(TensorElements.array(elements), shape, layout, true);
    try {
      return TensorElements.tensor(values, extents, type);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private void forget() {
    others.values().forEach(OnnxTensor::close);
    others.clear();
  }

  @Override
  public void close() {
    forget();
    tensor.close();
  }
}
