package io.disassembler.data;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How an image file says that it is to be turned when it is shown (EXIF, TIFF). */
final class Orientation {
  /** As stored. */
  static final int UPRIGHT = 1;

  /** What comes before EXIF's TIFF structure, in JPEG and WebP, and in PNG. */
  private static final List<String> MARKS = List.of("Exif\0\0", "EXIF", "eXIf");

  /** EXIF is among the first segments; a segment has 64 KB at most. */
  private static final int BEGINNING = 1 << 17;

  private Orientation() {}

  /**
   * From 1, as stored, to 8; from 5 on height and width change places. What is no number from 1 to
   * 8 counts as 1.
   *
   * @throws IOException if the file cannot be read
   */
  static int of(Path file) throws IOException {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(BEGINNING);
    }
    if (isTiff(bytes, 0)) {
      return read(bytes, 0);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String mark : MARKS) {
      int at = text.indexOf(mark);
      for (int skipped = 0; at >= 0 && skipped <= 4; skipped += 4) {
        int start = at + mark.length() + skipped;
        if (isTiff(bytes, start)) {
          return read(bytes, start);
        }
      }
    }
    return UPRIGHT;
  }

  /** Whether such an image is shown with height and width in each other's place. */
  static boolean turns(int orientation) {
    return orientation > 4;
  }

  private static boolean isTiff(byte[] bytes, int at) {
    if (bytes.length < at + 8) {
      return false;
    }
    String header = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    return header.equals("II*\0") || header.equals("MM\0*");
  }

  private static int read(byte[] bytes, int start) {
    byte[] tiff = Arrays.copyOfRange(bytes, start, bytes.length);
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(tiff)) {
      Entry entry = new TIFFReader().read(stream).getEntryById(TIFF.TAG_ORIENTATION);
      return entry != null
              && entry.getValue() instanceof Number number
              && number.intValue() >= 1
              && number.intValue() <= 8
          ? number.intValue()
          : UPRIGHT;
    } catch (IOException | RuntimeException e) {
      // Damaged metadata says nothing.
      return UPRIGHT;
    }
  }
}
