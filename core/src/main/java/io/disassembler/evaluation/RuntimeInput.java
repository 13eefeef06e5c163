package io.disassembler.evaluation;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a file takes in one run: images, in its order of axes and its type, and constants. */
final class RuntimeInput implements AutoCloseable {
  private static final Set<OnnxJavaType> PIXELS =
      Set.of(
          OnnxJavaType.FLOAT,
          OnnxJavaType.FLOAT16,
          OnnxJavaType.BFLOAT16,
          OnnxJavaType.DOUBLE,
          OnnxJavaType.UINT8,
          OnnxJavaType.INT8,
          OnnxJavaType.INT16,
          OnnxJavaType.INT32,
          OnnxJavaType.INT64);

  private final Path file;
  private final String name;
  private final OnnxJavaType type;
  private final List<Long> declared;
  private final Layout layout;
  private final Map<String, OnnxTensor> constants;

  private RuntimeInput(
      Path file, String name, TensorInfo info, Layout layout, Map<String, OnnxTensor> constants) {
    this.file = file;
    this.name = name;
    this.type = info.type;
    this.declared = Arrays.stream(info.getShape()).boxed().toList();
    this.layout = layout;
    this.constants = constants;
  }

  /**
   * The input among {@code inputs} that takes images.
   *
   * @throws InvalidInputException if that is none, or more than one
   */
  static RuntimeInput of(Path file, Map<String, NodeInfo> inputs, Boundary boundary)
      throws OrtException {
    List<NodeInfo> images =
        inputs.values().stream()
            .filter(input -> !boundary.fixed().containsKey(input.getName()))
            .toList();
    if (images.size() != 1) {
      throw new InvalidInputException(
          "%s: expected one input, images, found %d: %s"
              .formatted(
                  file,
                  images.size(),
                  String.join(", ", images.stream().map(NodeInfo::getName).toList())));
    }
    NodeInfo image = images.get(0);
    if (!(image.getInfo() instanceof TensorInfo info)
        || !PIXELS.contains(info.type)
        || info.getShape().length != boundary.input().rank()) {
      throw new InvalidInputException(
          "%s: input '%s': expected images (%s), found %s"
              .formatted(
                  file,
                  image.getName(),
                  boundary.input().withChannels().described(),
                  described(image)));
    }
    Map<String, OnnxTensor> constants = new HashMap<>();
    for (Map.Entry<String, Weight> fixed : boundary.fixed().entrySet()) {
      NodeInfo input = inputs.get(fixed.getKey());
      if (input != null && input.getInfo() instanceof TensorInfo constant) {
        constants.put(fixed.getKey(), tensor(fixed.getValue(), constant.type));
      }
    }
    return new RuntimeInput(file, image.getName(), info, boundary.input(), constants);
  }

  private static String described(NodeInfo input) {
    return input.getInfo() instanceof TensorInfo info
        ? "%s of %s"
            .formatted(
                Arrays.toString(info.getShape()), info.type.toString().toLowerCase(Locale.ROOT))
        : "no tensor";
  }

  private static OnnxTensor tensor(Weight weight, OnnxJavaType type) throws OrtException {
    if (weight.type() == ElementType.FLOAT) {
      return TensorElements.tensor(weight.floats(), weight.shape().dimensions(), type);
    }
    ByteBuffer raw =
        ByteBuffer.allocateDirect(Math.toIntExact(weight.bytes())).order(ByteOrder.nativeOrder());
    raw.put(weight.data()).flip();
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), raw, weight.shape().dimensions(), type);
  }

  String name() {
    return name;
  }

  /**
   * Declared extents in the order batch, channels, depth if any, height, width; -1 where they are
   * free.
   */
  List<Long> plainShape() {
    return layout
        .withChannels()
        .name()
        .chars()
        .mapToObj(axis -> layout.name().indexOf(axis))
        .map(axis -> axis < 0 ? Long.valueOf(1) : declared.get(axis))
        .toList();
  }

  /**
   * All inputs of a run; they belong to {@code images} and to this.
   *
   * @throws InvalidInputException if the file does not take images of that size
   */
  Map<String, OnnxTensor> feeds(InputTensor images) {
    Shape shape = images.shape();
    List<Long> expected = plainShape();
    for (int axis = 0; axis < expected.size(); axis++) {
      if (shape.rank() != expected.size()
          || (expected.get(axis) >= 0 && expected.get(axis) != shape.dimension(axis))) {
        throw new InvalidInputException(
            "%s: input '%s': expected %s (%s; -1 is free), found %s"
                .formatted(file, name, expected, layout.withChannels().described(), shape));
      }
    }
    Map<String, OnnxTensor> feeds = new HashMap<>(constants);
    feeds.put(name, images.tensor(layout, type));
    return feeds;
  }

  @Override
  public void close() {
    constants.values().forEach(OnnxTensor::close);
  }
}
