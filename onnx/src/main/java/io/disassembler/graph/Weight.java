package io.disassembler.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stored tensor (ONNX: initializer). The elements are read on demand, so that slicing a weight or
 * reading a file with gigabytes of weights costs nothing until somebody looks.
 */
public final class Weight {
  private final String name;
  private final ElementType type;
  private final Shape shape;
  private final Supplier<ByteBuffer> source;
  private final @Nullable Quantized quantized;

  private Weight(
      String name,
      ElementType type,
      Shape shape,
      Supplier<ByteBuffer> source,
      @Nullable Quantized quantized) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.source = source;
    this.quantized = quantized;
  }

  /**
   * A weight whose raw elements (little-endian, row-major) {@code source} hands out; it is asked at
   * every read and must always answer the same.
   */
  public static Weight of(String name, ElementType type, Shape shape, Supplier<ByteBuffer> source) {
    return new Weight(name, type, shape, source, null);
  }

  /** The floats that {@code stored} stands for. */
  static Weight quantized(String name, Quantized stored) {
    return new Weight(
        name, ElementType.FLOAT, stored.values().shape(), stored::dequantized, stored);
  }

  /** A weight over {@code raw}, little-endian and row-major; the buffer must not change later. */
  public static Weight of(String name, ElementType type, Shape shape, ByteBuffer raw) {
    if (raw.remaining() != shape.elements() * type.bytes()) {
      throw new IllegalArgumentException(
          name + ": " + shape + " of " + type + " does not fill " + raw.remaining() + " bytes");
    }
    return of(name, type, shape, () -> raw);
  }

  public static Weight ofFloats(String name, Shape shape, float... values) {
    ByteBuffer raw = allocate(values.length * 4);
    raw.asFloatBuffer().put(values);
    return of(name, ElementType.FLOAT, shape, raw);
  }

  public static Weight ofLongs(String name, Shape shape, long... values) {
    ByteBuffer raw = allocate(values.length * 8);
    raw.asLongBuffer().put(values);
    return of(name, ElementType.INT64, shape, raw);
  }

  /** A one-dimensional weight of {@code values}. */
  public static Weight ofLongs(String name, long... values) {
    return ofLongs(name, Shape.of(values.length), values);
  }

  public String name() {
    return name;
  }

  public ElementType type() {
    return type;
  }

  public Shape shape() {
    return shape;
  }

  /** Size of the elements in bytes. */
  public long bytes() {
    return shape.elements() * type.bytes();
  }

  /** The elements, little-endian and row-major, in a read-only buffer that begins with them. */
  public ByteBuffer data() {
    return source.get().slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The elements of a FLOAT weight. */
  public float[] floats() {
    require(ElementType.FLOAT);
    float[] values = new float[Math.toIntExact(shape.elements())];
    data().asFloatBuffer().get(values);
    return values;
  }

  /** The elements of an INT64 weight. */
  public long[] longs() {
    require(ElementType.INT64);
    long[] values = new long[Math.toIntExact(shape.elements())];
    data().asLongBuffer().get(values);
    return values;
  }

  /** The elements of a weight of whole numbers. */
  public long[] integers() {
    long[] values = new long[Math.toIntExact(shape.elements())];
    ByteBuffer data = data();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case INT8 -> data.get();
            case UINT8, BOOL -> data.get() & 0xff;
            case INT16 -> data.getShort();
            case UINT16 -> data.getShort() & 0xffff;
            case INT32 -> data.getInt();
            case UINT32 -> data.getInt() & 0xffffffffL;
            case INT64, UINT64 -> data.getLong();
            default -> throw new IllegalStateException(name + " holds " + type);
          };
    }
    return values;
  }

  /** What these floats are stored as, where that is whole numbers and scales; else empty. */
  public Optional<Quantized> quantized() {
    return Optional.ofNullable(quantized);
  }

  /** The same elements under another name. */
  public Weight withName(String other) {
    return new Weight(other, type, shape, source, quantized);
  }

  /** The slices {@code indices} along {@code axis}, in that order; lazy. */
  public Weight select(int axis, int[] indices) {
    int[] kept = indices.clone();
    if (quantized != null) {
      return quantized(name, quantized.select(axis, kept));
    }
    Shape selected = shape.with(axis, kept.length);
    return of(name, type, selected, () -> gather(axis, kept, selected));
  }

  private ByteBuffer gather(int axis, int[] kept, Shape selected) {
    ByteBuffer from = data();
    ByteBuffer to = allocate(Math.toIntExact(selected.elements() * type.bytes()));
    long outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= shape.dimension(i);
    }
    long inner = type.bytes();
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dimension(i);
    }
    int block = Math.toIntExact(inner);
    for (long o = 0; o < outer; o++) {
      for (int index : kept) {
        long start = (o * shape.dimension(axis) + index) * inner;
        to.put(from.slice(Math.toIntExact(start), block));
      }
    }
    return to.flip();
  }

  private void require(ElementType expected) {
    if (type != expected) {
      throw new IllegalStateException(name + " holds " + type + ", not " + expected);
    }
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weight weight
        && name.equals(weight.name)
        && type == weight.type
        && shape.equals(weight.shape)
        && data().equals(weight.data());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {name, type, shape});
  }

  @Override
  public String toString() {
    return name + " " + type + shape;
  }
}
