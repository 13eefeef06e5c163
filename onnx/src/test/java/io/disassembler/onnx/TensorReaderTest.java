package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TensorReaderTest {

  static Stream<Arguments> typedFields() {
    return Stream.of(
        typed(
            ElementType.FLOAT,
            b -> b.putFloat(1.5f).putFloat(-2),
            t -> t.addFloatData(1.5f).addFloatData(-2)),
        typed(
            ElementType.DOUBLE,
            b -> b.putDouble(1.5).putDouble(-2),
            t -> t.addDoubleData(1.5).addDoubleData(-2)),
        typed(
            ElementType.INT64,
            b -> b.putLong(1L << 40).putLong(-2),
            t -> t.addInt64Data(1L << 40).addInt64Data(-2)),
        typed(
            ElementType.UINT64,
            b -> b.putLong(-1).putLong(2),
            t -> t.addUint64Data(-1).addUint64Data(2)),
        typed(
            ElementType.UINT32,
            b -> b.putInt(-1).putInt(2),
            t -> t.addUint64Data(0xFFFFFFFFL).addUint64Data(2)),
        typed(
            ElementType.INT32,
            b -> b.putInt(-1).putInt(2),
            t -> t.addInt32Data(-1).addInt32Data(2)),
        typed(
            ElementType.INT16,
            b -> b.putShort((short) -1).putShort((short) 2),
            t -> t.addInt32Data(-1).addInt32Data(2)),
        typed(
            ElementType.UINT16,
            b -> b.putShort((short) -1).putShort((short) 2),
            t -> t.addInt32Data(0xFFFF).addInt32Data(2)),
        typed(
            ElementType.INT8,
            b -> b.put((byte) -1).put((byte) 2),
            t -> t.addInt32Data(-1).addInt32Data(2)),
        typed(
            ElementType.UINT8,
            b -> b.put((byte) 255).put((byte) 2),
            t -> t.addInt32Data(255).addInt32Data(2)),
        typed(
            ElementType.BOOL,
            b -> b.put((byte) 1).put((byte) 0),
            t -> t.addInt32Data(1).addInt32Data(0)),
        typed(
            ElementType.FLOAT16,
            b -> b.putShort((short) 0x3C00).putShort((short) 0xC000),
            t -> t.addInt32Data(0x3C00).addInt32Data(0xC000)),
        typed(
            ElementType.BFLOAT16,
            b -> b.putShort((short) 0x3F80).putShort((short) 0xC000),
            t -> t.addInt32Data(0x3F80).addInt32Data(0xC000)));
  }

  private static Arguments typed(
      ElementType type, Consumer<ByteBuffer> raw, Consumer<TensorProto.Builder> fields) {
    return Arguments.of(type, raw, fields);
  }

  @ParameterizedTest
  @MethodSource("typedFields")
  void typedFieldsHoldTheSameAsRawData(
      ElementType type, Consumer<ByteBuffer> raw, Consumer<TensorProto.Builder> fields) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    raw.accept(bytes);
    TensorProto.Builder typed = TensorProto.newBuilder().setDataType(type.code()).addDims(2);
    fields.accept(typed);
    TensorProto inRaw =
        TensorProto.newBuilder()
            .setDataType(type.code())
            .addDims(2)
            .setRawData(ByteString.copyFrom(bytes.flip()))
            .build();

    assertThat(weight(typed.build())).isEqualTo(weight(inRaw));
    assertThat(weight(inRaw).type()).isEqualTo(type);
  }

  @Test
  void emptyAndScalarTensorsAreRead() {
    assertThat(weight(Models.floats(List.of(0L, 3L))).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(weight(Models.floats(List.of(), 4)).floats()).containsExactly(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT8E4M3FN", "STRING", "COMPLEX64", "INT4", "UNDEFINED"})
  void unsupportedElementTypesAreNamed(DataType type) {
    TensorProto tensor = TensorProto.newBuilder().setDataType(type.getNumber()).addDims(1).build();

    assertInvalid(tensor, "weight 'w' has element type " + type.name());
  }

  @Test
  void elementTypesNewerThanWeKnowAreNumbered() {
    assertInvalid(TensorProto.newBuilder().setDataType(99).build(), "element type number 99");
  }

  @Test
  void elementsMustFillTheShape() {
    assertInvalid(
        Models.floats(List.of(3L), 1, 2), "weight 'w' of FLOAT [3] needs 3 elements, found 2");
    assertInvalid(
        Models.floats(List.of(3L)).toBuilder().setRawData(ByteString.copyFrom(new byte[8])).build(),
        "needs 12 bytes, found 8");
    assertInvalid(Models.floats(List.of(-1L)), "negative extent -1");
    assertInvalid(Models.floats(List.of(1L << 40, 1L << 40)), "larger than 2 GB");
  }

  @Test
  void sparseWeightsBecomeDense() {
    TensorProto values = Models.floats(List.of(2L), 5, 7).toBuilder().setName("w").build();
    TensorProto linear = longs(List.of(2L), 1, 5);
    TensorProto byAxis = longs(List.of(2L, 2L), 0, 1, 1, 2);

    for (TensorProto indices : List.of(linear, byAxis)) {
      Weight weight = sparse(values, indices);
      assertThat(weight.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(weight.floats()).containsExactly(0, 5, 0, 0, 0, 7);
    }
    assertThatThrownBy(() -> sparse(values, longs(List.of(2L), 1, 6)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("test.onnx: sparse weight 'w': value 1 lies at 6, outside [2, 3]");
    assertThatThrownBy(() -> sparse(values, longs(List.of(2L, 2L), 0, 1, 0, 3)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("value 1 has index 3 on axis 1");
    assertThatThrownBy(() -> sparse(values, longs(List.of(3L), 0, 1, 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected indices INT64 [2] or [2, 2], found INT64 [3]");
  }

  private static Weight sparse(TensorProto values, TensorProto indices) {
    ModelProto.Builder model = Models.of(Models.node("Add", "x w", "y")).toBuilder();
    model
        .getGraphBuilder()
        .addSparseInitializer(
            SparseTensorProto.newBuilder()
                .setValues(values)
                .setIndices(indices)
                .addDims(2)
                .addDims(3));
    return Models.read(model.build()).weight("w").orElseThrow();
  }

  private static TensorProto longs(List<Long> dims, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(DataType.INT64_VALUE).addAllDims(dims);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static Weight weight(TensorProto tensor) {
    return Models.read(Models.adding(tensor)).weight("w").orElseThrow();
  }

  private static void assertInvalid(TensorProto tensor, String cause) {
    assertThatThrownBy(() -> weight(tensor))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("test.onnx: ")
        .hasMessageContaining(cause);
  }
}
