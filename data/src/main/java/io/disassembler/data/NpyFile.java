package io.disassembler.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads arrays in NumPy's {@code .npy} form.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">format</a>
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=]?)([biuf])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");
  private static final int MOST_AXES = 4;
  private static final int MOST_DIGITS = 9;
  private static final int MOST_HEADER = 512;

  private NpyFile() {}

  /**
   * Reads it.
   *
   * @throws BrokenImageException if it is no such file, damaged, or larger than {@link PixelLimit}
   */
  static ArrayFile read(Path file) throws IOException {
    if (Files.size(file) > Integer.MAX_VALUE - 8) {
      throw new BrokenImageException("the file is too large for an image");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < 12 || !Arrays.equals(Arrays.copyOf(bytes.array(), 6), MAGIC)) {
      throw new BrokenImageException("no file of NumPy's .npy form");
    }
    int before = bytes.get(6) == 1 ? 10 : 12;
    long length = before == 10 ? bytes.getChar(8) : bytes.getInt(8) & 0xffffffffL;
    if (length > bytes.limit() - before) {
      throw new BrokenImageException("the header is cut off");
    }
    String header = new String(bytes.array(), before, (int) length, StandardCharsets.ISO_8859_1);
    return read(header, bytes.position(before + (int) length).slice());
  }

  /**
   * The extents that its header states.
   *
   * @throws BrokenImageException if it states none
   */
  static int[] shape(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String header = new String(in.readNBytes(MOST_HEADER), StandardCharsets.ISO_8859_1);
      return shape(found(SHAPE, header, "a shape").group(1));
    }
  }

  private static ArrayFile read(String header, ByteBuffer data) throws BrokenImageException {
    Matcher type = found(TYPE, header, "numbers");
    boolean columns = found(ORDER, header, "an order").group(1).equals("True");
    int[] shape = shape(found(SHAPE, header, "a shape").group(1));
    int bytes = Integer.parseInt(type.group(3));
    long count = Arrays.stream(shape).asLongStream().reduce(1, NpyFile::product);
    if (count > PixelLimit.samples() || count * bytes != data.remaining()) {
      throw new BrokenImageException(
          "expected %s numbers of %d bytes, found %d bytes"
              .formatted(Arrays.toString(shape), bytes, data.remaining()));
    }
    data.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    IntToDoubleFunction number = number(data, type.group(2).charAt(0), bytes);
    double[] numbers = new double[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number.applyAsDouble(columns ? inColumns(i, shape) : i);
    }
    return new ArrayFile(shape, numbers, largest(type.group(2).charAt(0), bytes));
  }

  private static double largest(char kind, int bytes) {
    return switch (kind) {
      case 'u' -> Math.pow(2, 8 * bytes) - 1;
      case 'i' -> Math.pow(2, 8 * bytes - 1) - 1;
      default -> 1;
    };
  }

  private static long product(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private static Matcher found(Pattern pattern, String header, String what)
      throws BrokenImageException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new BrokenImageException(
          "its header states no %s that an image may have".formatted(what));
    }
    return matcher;
  }

  private static int[] shape(String text) throws BrokenImageException {
    String[] extents = text.replace(" ", "").split(",", -1);
    int[] shape =
        Arrays.stream(extents)
            .filter(extent -> !extent.isEmpty() && extent.length() <= MOST_DIGITS)
            .mapToInt(Integer::parseInt)
            .toArray();
    long given = Arrays.stream(extents).filter(extent -> !extent.isEmpty()).count();
    if (shape.length != given || shape.length > MOST_AXES) {
      throw new BrokenImageException("has the shape (%s)".formatted(text));
    }
    return shape;
  }

  /** Where element {@code i} of C order lies in Fortran order. */
  private static int inColumns(int i, int[] shape) {
    int rest = i;
    int[] index = new int[shape.length];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    int at = 0;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at = at * shape[axis] + index[axis];
    }
    return at;
  }

  private static IntToDoubleFunction number(ByteBuffer data, char kind, int bytes)
      throws BrokenImageException {
    boolean signed = kind == 'i';
    return switch (bytes) {
      case 1 -> i -> signed ? data.get(i) : data.get(i) & 0xff;
      case 2 -> {
        if (kind == 'f') {
          throw new BrokenImageException("numbers of half precision cannot be read");
        }
        yield i -> signed ? data.getShort(2 * i) : data.getChar(2 * i);
      }
      case 4 ->
          kind == 'f'
              ? i -> data.getFloat(4 * i)
              : i -> signed ? data.getInt(4 * i) : data.getInt(4 * i) & 0xffffffffL;
      default -> kind == 'f' ? i -> data.getDouble(8 * i) : i -> data.getLong(8 * i);
    };
  }
}
