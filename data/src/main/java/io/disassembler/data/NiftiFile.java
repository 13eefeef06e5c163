package io.disassembler.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads volumes in the form NIfTI-1, one file with header and numbers, plain or compressed by gzip:
 * z x y x x, or channels x z x y x x where there is a fourth or fifth axis. That is how SimpleITK,
 * and so nnU-Net, sees them; nibabel has x first.
 *
 * @see <a href="https://nifti.nimh.nih.gov/nifti-1">format</a>
 */
final class NiftiFile {
  private static final int HEADER = 348;
  private static final int HEADER_OF_2 = 540;
  private static final int EXTENTS = 40;
  private static final int TYPE = 70;
  private static final int OFFSET = 108;
  private static final int SLOPE = 112;
  private static final int INTERCEPT = 116;
  private static final int MAGIC = 344;
  private static final int MOST_AXES = 7;
  private static final int SPACE = 3;
  private static final int FIRST_NUMBER = 352;
  // Between header and numbers there may be notes.
  private static final int MOST_NOTES = 1 << 26;
  private static final int BLOCK = 1 << 16;
  // Deflate makes no more of a byte.
  private static final int MOST_COMPRESSED = 1032;

  private final int[] shape;
  private final Numbers type;
  private final ByteOrder order;
  private final int notes;
  private final double slope;
  private final double intercept;

  /** Types of numbers by their code. */
  private enum Numbers {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8);

    final int code;
    final int bytes;

    Numbers(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    static Optional<Numbers> of(int code) {
      return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    double next(ByteBuffer block) {
      return switch (this) {
        case UINT8 -> block.get() & 0xff;
        case INT16 -> block.getShort();
        case INT32 -> block.getInt();
        case FLOAT32 -> block.getFloat();
        case FLOAT64 -> block.getDouble();
        case INT8 -> block.get();
        case UINT16 -> block.getChar();
        case UINT32 -> block.getInt() & 0xffffffffL;
        case INT64 -> block.getLong();
      };
    }
  }

  private NiftiFile(ByteBuffer header) throws BrokenImageException {
    order = order(header);
    header.order(order);
    byte[] magic = new byte[3];
    header.get(MAGIC, magic);
    String form = new String(magic, StandardCharsets.ISO_8859_1);
    if (!form.equals("n+1")) {
      throw new BrokenImageException(
          form.equals("ni1")
              ? "its numbers are in another file (.img); expected one file, .nii or .nii.gz"
              : "no NIfTI file");
    }
    int code = header.getShort(TYPE);
    type =
        Numbers.of(code)
            .orElseThrow(
                () ->
                    new BrokenImageException(
                        "NIfTI numbers of type %d cannot be read; expected whole numbers of 8 to 64 bits, or float32 or float64"
                            .formatted(code)));
    shape = extents(header);
    double offset = header.getFloat(OFFSET);
    if (!(offset >= 0 && offset <= MOST_NOTES)) {
      throw new BrokenImageException("its numbers are said to begin at byte " + offset);
    }
    notes = Math.max(FIRST_NUMBER, (int) offset) - HEADER;
    double factor = header.getFloat(SLOPE);
    boolean scaled = factor != 0 && Double.isFinite(factor);
    slope = scaled ? factor : 1;
    intercept = scaled ? header.getFloat(INTERCEPT) : 0;
    if (!Double.isFinite(intercept)) {
      throw new BrokenImageException("scl_inter is no finite number");
    }
  }

  /** Whether a file is called so. */
  static boolean is(Path file) {
    String extension = FileName.extension(file);
    return extension.equals("nii") || extension.equals("nii.gz");
  }

  /**
   * Reads it.
   *
   * @throws BrokenImageException if it is no such file, damaged, or larger than {@link PixelLimit}
   */
  static ArrayFile read(Path file) throws IOException {
    try (DataInputStream in = opened(file)) {
      NiftiFile nifti = header(in);
      nifti.requireNumbers(file);
      in.skipNBytes(nifti.notes);
      return new ArrayFile(nifti.shape, nifti.numbers(in), 1);
    } catch (EOFException | ZipException e) {
      throw new BrokenImageException("the file is cut off, or no gzip");
    }
  }

  /** The extents that its header states. */
  static int[] shape(Path file) throws IOException {
    try (DataInputStream in = opened(file)) {
      return header(in).shape;
    } catch (EOFException | ZipException e) {
      throw new BrokenImageException("the file is cut off, or no gzip");
    }
  }

  private static DataInputStream opened(Path file) throws IOException {
    InputStream stored = Files.newInputStream(file);
    try {
      return new DataInputStream(
          FileName.extension(file).equals("nii")
              ? new BufferedInputStream(stored)
              : new GZIPInputStream(stored, BLOCK));
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  private static NiftiFile header(DataInputStream in) throws IOException {
    byte[] bytes = new byte[HEADER];
    in.readFully(bytes);
    return new NiftiFile(ByteBuffer.wrap(bytes));
  }

  private static ByteOrder order(ByteBuffer header) throws BrokenImageException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      int length = header.order(order).getInt(0);
      if (length == HEADER) {
        return order;
      }
      if (length == HEADER_OF_2) {
        throw new BrokenImageException("NIfTI-2 cannot be read; save it as NIfTI-1");
      }
    }
    throw new BrokenImageException("no NIfTI file");
  }

  /** Extents, the slowest first: the file has them the other way round. */
  private static int[] extents(ByteBuffer header) throws BrokenImageException {
    int axes = header.getShort(EXTENTS);
    if (axes < 1 || axes > MOST_AXES) {
      throw new BrokenImageException("has " + axes + " axes");
    }
    int[] space = {1, 1, 1};
    int channels = 1;
    long count = 1;
    for (int axis = 0; axis < axes; axis++) {
      int extent = header.getShort(EXTENTS + 2 * (axis + 1));
      if (extent < 1) {
        throw new BrokenImageException("axis %d has the extent %d".formatted(axis + 1, extent));
      }
      count *= extent;
      if (count > PixelLimit.pixels()) {
        throw new BrokenImageException(
            "has more than the %d numbers that a volume may have; system property %s sets that limit"
                .formatted(PixelLimit.pixels(), PixelLimit.PROPERTY));
      }
      if (axis < SPACE) {
        space[SPACE - 1 - axis] = extent;
      } else if (extent > 1 && channels > 1) {
        throw new BrokenImageException("has more than four axes of more than one number");
      } else {
        channels *= extent;
      }
    }
    return channels == 1 ? space : new int[] {channels, space[0], space[1], space[2]};
  }

  /** Whether a file can hold as many as it says, before they are given room. */
  private void requireNumbers(Path file) throws IOException {
    long bytes = (long) type.bytes * Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    long most = Files.size(file) * (FileName.extension(file).equals("nii") ? 1 : MOST_COMPRESSED);
    if (bytes > most) {
      throw new BrokenImageException(
          "is cut off: %s numbers of %d bytes are not in its %d bytes"
              .formatted(Arrays.toString(shape), type.bytes, Files.size(file)));
    }
  }

  private double[] numbers(DataInputStream in) throws IOException {
    double[] numbers = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(order);
    for (int first = 0; first < numbers.length; first += BLOCK / type.bytes) {
      int count = Math.min(BLOCK / type.bytes, numbers.length - first);
      in.readFully(block.array(), 0, count * type.bytes);
      block.clear();
      for (int i = first; i < first + count; i++) {
        numbers[i] = type.next(block) * slope + intercept;
      }
    }
    return numbers;
  }
}
