package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Turns {@code TensorProto} messages, however they hold their elements, into weights. */
final class TensorReader {
  private final String file;
  private final SideFiles sideFiles;

  TensorReader(String file, SideFiles sideFiles) {
    this.file = file;
    this.sideFiles = sideFiles;
  }

  /** ONNX's name of element type {@code code}. */
  static String typeName(int code) {
    DataType type = DataType.forNumber(code);
    return type == null ? "number " + code : type.name();
  }

  /** The weight in {@code tensor}, which messages call {@code label}. */
  Weight read(TensorProto tensor, String label) {
    ElementType type =
        ElementType.ofCode(tensor.getDataType())
            .orElseThrow(
                () ->
                    invalid(
                        "%s has element type %s, which is not supported"
                            .formatted(label, typeName(tensor.getDataType()))));
    Shape shape = shape(tensor.getDimsList(), type, label);
    return Weight.of(tensor.getName(), type, shape, elements(tensor, type, shape, label));
  }

  /** The dense form of {@code sparse}, made anew at every read. */
  Weight read(SparseTensorProto sparse, String label) {
    Weight values = read(sparse.getValues(), label);
    Weight indices = read(sparse.getIndices(), "the index of " + label);
    Shape shape = shape(sparse.getDimsList(), values.type(), label);
    long count = values.shape().elements();
    boolean linear = indices.shape().equals(Shape.of(count));
    if (indices.type() != ElementType.INT64
        || !(linear || indices.shape().equals(Shape.of(count, shape.rank())))) {
      throw invalid(
          "%s has %d values, expected indices INT64 [%d] or [%d, %d], found %s %s"
              .formatted(
                  label, count, count, count, shape.rank(), indices.type(), indices.shape()));
    }
    int[] positions = positions(indices.longs(), linear, shape, Math.toIntExact(count), label);
    int bytes = values.type().bytes();
    return Weight.of(
        values.name(),
        values.type(),
        shape,
        () -> {
          ByteBuffer dense = ByteBuffer.allocate(Math.toIntExact(shape.elements() * bytes));
          ByteBuffer data = values.data();
          for (int i = 0; i < positions.length; i++) {
            dense.put(positions[i] * bytes, data, i * bytes, bytes);
          }
          return dense;
        });
  }

  private int[] positions(long[] indices, boolean linear, Shape shape, int count, String label) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      long position = 0;
      if (linear) {
        position = indices[i];
      } else {
        for (int axis = 0; axis < shape.rank(); axis++) {
          long index = indices[i * shape.rank() + axis];
          if (index < 0 || index >= shape.dimension(axis)) {
            throw invalid("%s: value %d has index %d on axis %d".formatted(label, i, index, axis));
          }
          position = position * shape.dimension(axis) + index;
        }
      }
      if (position < 0 || position >= shape.elements()) {
        throw invalid("%s: value %d lies at %d, outside %s".formatted(label, i, position, shape));
      }
      positions[i] = Math.toIntExact(position);
    }
    return positions;
  }

  private Shape shape(List<Long> dims, ElementType type, String label) {
    long bytes = type.bytes();
    for (long dim : dims) {
      if (dim < 0) {
        throw invalid("%s has the negative extent %d".formatted(label, dim));
      }
      if (dim != 0 && bytes > Integer.MAX_VALUE / dim) {
        throw invalid("%s has shape %s, larger than 2 GB".formatted(label, dims));
      }
      bytes *= dim;
    }
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }

  private ByteBuffer elements(TensorProto tensor, ElementType type, Shape shape, String label) {
    long bytes = shape.elements() * type.bytes();
    if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
      return sideFiles.map(tensor, label, bytes);
    }
    if (tensor.hasRawData()) {
      ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer();
      if (raw.remaining() != bytes) {
        throw invalid(
            "%s of %s %s needs %d bytes, found %d"
                .formatted(label, type, shape, bytes, raw.remaining()));
      }
      return raw;
    }
    int count = typedCount(tensor, type);
    if (count != shape.elements()) {
      throw invalid(
          "%s of %s %s needs %d elements, found %d"
              .formatted(label, type, shape, shape.elements(), count));
    }
    return typed(tensor, type, count);
  }

  private static int typedCount(TensorProto tensor, ElementType type) {
    return switch (type) {
      case FLOAT -> tensor.getFloatDataCount();
      case DOUBLE -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      case INT32, INT16, INT8, UINT16, UINT8, BOOL, FLOAT16, BFLOAT16 -> tensor.getInt32DataCount();
    };
  }

  private static ByteBuffer typed(TensorProto tensor, ElementType type, int count) {
    ByteBuffer raw = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (type) {
        case FLOAT -> raw.putFloat(tensor.getFloatData(i));
        case DOUBLE -> raw.putDouble(tensor.getDoubleData(i));
        case INT64 -> raw.putLong(tensor.getInt64Data(i));
        case UINT64 -> raw.putLong(tensor.getUint64Data(i));
        case UINT32 -> raw.putInt((int) tensor.getUint64Data(i));
        case INT32 -> raw.putInt(tensor.getInt32Data(i));
        // Half-precision numbers are stored as their bit patterns.
        case INT16, UINT16, FLOAT16, BFLOAT16 -> raw.putShort((short) tensor.getInt32Data(i));
        case INT8, UINT8, BOOL -> raw.put((byte) tensor.getInt32Data(i));
      }
    }
    return raw.flip();
  }

  private InvalidInputException invalid(String cause) {
    return new InvalidInputException(file + ": " + cause);
  }
}
