package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.CodedOutputStream;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.util.Arrays;

/**
 * A weight on its way into a file: the message without the elements, which are asked for only when
 * they are written.
 *
 * @param inline true if the elements belong into the message, false if it refers to a side file
 */
record TensorWriter(Weight weight, TensorProto head, boolean inline) {

  /** Name, shape and type of {@code weight} on top of {@code rest}. */
  static TensorProto.Builder head(Weight weight, TensorProto rest) {
    return rest.toBuilder()
        .setName(weight.name())
        .addAllDims(Arrays.stream(weight.shape().dimensions()).boxed().toList())
        .setDataType(weight.type().code());
  }

  static TensorWriter inline(Weight weight, TensorProto rest) {
    return new TensorWriter(weight, head(weight, rest).build(), true);
  }

  /** The same weight with its elements at {@code offset} of the side file {@code location}. */
  TensorWriter inSideFile(String location, long offset) {
    TensorProto.Builder external =
        head.toBuilder()
            .setDataLocation(DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(weight.bytes())));
    return new TensorWriter(weight, external.build(), false);
  }

  /** Bytes of the whole message. */
  long size() {
    long size = head.getSerializedSize();
    if (inline) {
      size += lengthDelimited(TensorProto.RAW_DATA_FIELD_NUMBER, weight.bytes());
    }
    return size;
  }

  void write(CodedOutputStream out) throws IOException {
    head.writeTo(out);
    if (inline) {
      out.writeByteBuffer(TensorProto.RAW_DATA_FIELD_NUMBER, weight.data().slice());
    }
  }

  /** Bytes that a field of {@code length} bytes takes, with its tag. */
  static long lengthDelimited(int field, long length) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt64SizeNoTag(length)
        + length;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
