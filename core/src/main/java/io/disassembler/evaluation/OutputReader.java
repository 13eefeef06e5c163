package io.disassembler.evaluation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Size;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Copies what ONNX Runtime returned for one model into the Java heap. */
final class OutputReader {
  private final Path file;
  private final String name;
  private final Layout layout;

  /**
   * @param layout how the file has the output
   */
  OutputReader(Path file, String name, Layout layout) {
    this.file = file;
    this.name = name;
    this.layout = layout;
  }

  NetworkOutput read(OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw refused("a " + value.getType());
    }
    long[] shape = plain(tensor.getInfo().getShape());
    return switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16, BFLOAT16 -> scores(floats(tensor), shape);
      case DOUBLE -> scores(floats(tensor.getDoubleBuffer()), shape);
      case INT64 -> labels(ints(tensor.getLongBuffer()), shape);
      case INT32 -> labels(ints(tensor.getIntBuffer()), shape);
      case INT8, UINT8, BOOL -> labels(unsigned(tensor.getByteBuffer()), shape);
      default ->
          throw refused(
              "elements of type " + tensor.getInfo().type.toString().toLowerCase(Locale.ROOT));
    };
  }

  /** The extents in the order batch, categories, (depth,) height, width. */
  private long[] plain(long[] shape) {
    if (layout == layout.plain() || shape.length != layout.rank()) {
      return shape;
    }
    return layout
        .plain()
        .name()
        .chars()
        .map(axis -> layout.name().indexOf(axis))
        .mapToLong(axis -> axis < 0 ? 1 : shape[axis])
        .toArray();
  }

  private NetworkOutput scores(float[] values, long[] shape) {
    // A network with one category may leave its axis out.
    long[] full =
        shape.length == axes() - 1
            ? LongStream.concat(LongStream.of(shape[0], 1), Arrays.stream(shape).skip(1)).toArray()
            : shape;
    if (full.length != axes()) {
      throw refused("shape " + Arrays.toString(shape));
    }
    float[] planes = TensorElements.turned(values, Shape.of(full), layout, false);
    return new NetworkOutput.Scores(
        planes, Math.toIntExact(full[0]), Math.toIntExact(full[1]), size(shape));
  }

  private NetworkOutput labels(int[] values, long[] shape) {
    if (shape.length == axes() && shape[1] > 1) {
      // Answers for each category, 0 or 1.
      float[] answers = new float[values.length];
      for (int i = 0; i < answers.length; i++) {
        answers[i] = values[i];
      }
      return scores(answers, shape);
    }
    if (shape.length != axes() - 1 && !(shape.length == axes() && shape[1] == 1)) {
      throw refused("whole numbers of shape " + Arrays.toString(shape));
    }
    return new NetworkOutput.LabelMaps(values, Math.toIntExact(shape[0]), size(shape));
  }

  private Size size(long[] shape) {
    long[] extents = Arrays.copyOfRange(shape, shape.length - axes() + 2, shape.length);
    if (Arrays.stream(extents).anyMatch(extent -> extent < 1)) {
      throw refused("shape " + Arrays.toString(shape));
    }
    return Size.of(extents);
  }

  /** Number of axes of scores. */
  private int axes() {
    return layout.withChannels().rank();
  }

  private InvalidInputException refused(String found) {
    return new InvalidInputException(
        ("%s: output '%s': expected scores (batch, categories, %s) or category numbers"
                + " (batch, %s), found %s; is this a segmentation network?")
            .formatted(file, name, places(), places(), found));
  }

  private String places() {
    return layout.volumes() ? "depth, height, width" : "height, width";
  }

  private static float[] floats(OnnxTensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.getInfo().getNumElements())];
    tensor.getFloatBuffer().get(values);
    return values;
  }

  private static float[] floats(DoubleBuffer buffer) {
    float[] values = new float[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) buffer.get();
    }
    return values;
  }

  private static int[] ints(LongBuffer buffer) {
    return IntStream.range(0, buffer.remaining())
        .map(i -> Math.toIntExact(buffer.get(i)))
        .toArray();
  }

  private static int[] ints(IntBuffer buffer) {
    int[] values = new int[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static int[] unsigned(ByteBuffer buffer) {
    return IntStream.range(0, buffer.remaining()).map(i -> buffer.get(i) & 0xff).toArray();
  }
}
