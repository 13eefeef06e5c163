package io.disassembler.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes grey TIFF files, which ImageIO writes in few of their forms. */
final class Tiff {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;

  private static final int TAGS = 10;
  private static final int DIRECTORY = 2 + 12 * TAGS + 4;

  private final int width;
  private final int height;
  private final int bits;
  private final int format;
  private final int photometric;
  private final List<byte[]> pages;

  private Tiff(int width, int height, int bits, int format, int photometric, List<byte[]> pages) {
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.format = format;
    this.photometric = photometric;
    this.pages = List.copyOf(pages);
  }

  /** Unsigned integers, 0 is black. */
  static Tiff of(int width, int height, int bits) {
    return new Tiff(width, height, bits, 1, BLACK_IS_ZERO, List.of());
  }

  /** 1 for integers without sign, 2 with, 3 for floating point. */
  Tiff format(int sampleFormat) {
    return new Tiff(width, height, bits, sampleFormat, photometric, pages);
  }

  Tiff photometric(int interpretation) {
    return new Tiff(width, height, bits, format, interpretation, pages);
  }

  /** One page more, of samples in little endian order, each row from a new byte on. */
  Tiff page(byte... samples) {
    List<byte[]> more = new ArrayList<>(pages);
    more.add(samples);
    return new Tiff(width, height, bits, format, photometric, more);
  }

  /** One page more of 32-bit samples. */
  Tiff page32(int... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(samples);
    return page(bytes.array());
  }

  Path write(Path file) throws IOException {
    int length = pages.stream().mapToInt(page -> DIRECTORY + page.length + page.length % 2).sum();
    ByteBuffer out = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    for (int page = 0; page < pages.size(); page++) {
      byte[] samples = pages.get(page);
      int data = out.position() + DIRECTORY;
      out.putShort((short) TAGS);
      tag(out, 256, width);
      tag(out, 257, height);
      tag(out, 258, bits);
      tag(out, 259, 1);
      tag(out, 262, photometric);
      tag(out, 273, data);
      tag(out, 277, 1);
      tag(out, 278, height);
      tag(out, 279, samples.length);
      tag(out, 339, format);
      int next = data + samples.length + samples.length % 2;
      out.putInt(page + 1 < pages.size() ? next : 0);
      out.put(samples).position(next);
    }
    return Files.write(file, out.array());
  }

  private static void tag(ByteBuffer out, int tag, int value) {
    out.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
  }
}
