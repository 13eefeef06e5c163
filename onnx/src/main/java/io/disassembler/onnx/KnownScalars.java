package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whole numbers and truth values that steer loops, as far as the file fixes them. */
final class KnownScalars {
  private static final Set<Integer> TYPES =
      Set.of(DataType.INT64_VALUE, DataType.INT32_VALUE, DataType.BOOL_VALUE);
  private static final Set<String> FOLLOWED = Set.of("Constant", "Identity", "Equal");

  private final TensorReader tensors;
  private final Map<String, Long> known;

  KnownScalars(TensorReader tensors) {
    this(tensors, new HashMap<>());
  }

  private KnownScalars(TensorReader tensors, Map<String, Long> known) {
    this.tensors = tensors;
    this.known = known;
  }

  static TensorProto of(long value) {
    return TensorProto.newBuilder().setDataType(DataType.INT64_VALUE).addInt64Data(value).build();
  }

  static TensorProto of(boolean value) {
    return TensorProto.newBuilder()
        .setDataType(DataType.BOOL_VALUE)
        .addInt32Data(value ? 1 : 0)
        .build();
  }

  /** A Constant node that makes {@code name}. */
  static NodeProto constant(String name, TensorProto value) {
    return NodeProto.newBuilder()
        .setName(name)
        .setOpType("Constant")
        .addOutput(name)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeType.TENSOR)
                .setT(value.toBuilder().clearName()))
        .build();
  }

  KnownScalars copy() {
    return new KnownScalars(tensors, new HashMap<>(known));
  }

  /** Empty if the file does not say, or says more than one number. */
  Optional<Long> of(String value) {
    return Optional.ofNullable(known.get(value));
  }

  boolean isTrue(String value) {
    return of(value).filter(number -> number != 0).isPresent();
  }

  void store(String name, TensorProto value) {
    if (TYPES.contains(value.getDataType())
        && value.getDimsList().stream().allMatch(extent -> extent == 1)) {
      known.put(name, tensors.read(value, "constant '" + name + "'").integers()[0]);
    }
  }

  /** Takes note of what {@code node} makes, if that is known. */
  void follow(NodeProto node) {
    if (!Unroller.isOf(node, FOLLOWED) || node.getOutputCount() != 1) {
      return;
    }
    String made = node.getOutput(0);
    if (node.getOpType().equals("Constant")) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.getName().equals("value") && attribute.hasT()) {
          store(made, attribute.getT());
        } else if (attribute.getName().equals("value_int")) {
          known.put(made, attribute.getI());
        }
      }
    } else {
      Optional<Long> first = operand(node, 0);
      Optional<Long> value =
          node.getOpType().equals("Identity")
              ? first
              : first.flatMap(one -> operand(node, 1).map(other -> one.equals(other) ? 1L : 0L));
      value.ifPresent(number -> known.put(made, number));
    }
  }

  private Optional<Long> operand(NodeProto node, int index) {
    return index < node.getInputCount() ? of(node.getInput(index)) : Optional.empty();
  }
}
