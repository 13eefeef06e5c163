package io.disassembler.evaluation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.disassembler.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory of a network's input (NCHW, 32-bit floats) outside the Java heap: filled once per image
 * and read in place by any number of networks.
 */
public final class InputTensor implements AutoCloseable {
  private final Shape shape;
  private final FloatBuffer elements;
  private final OnnxTensor tensor;

  /** An input full of zeros. */
  public InputTensor(int batch, int channels, int height, int width) {
    shape = Shape.of(batch, channels, height, width);
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

  /** Extents, NCHW. */
  public Shape shape() {
    return shape;
  }

  /** Replaces all elements. */
  public void fill(float[] values) {
    if (values.length != elements.capacity()) {
      throw new IllegalArgumentException(values.length + " elements for an input of " + shape);
    }
    elements.put(0, values);
  }

  OnnxTensor tensor() {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
