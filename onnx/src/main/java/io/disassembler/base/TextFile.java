package io.disassembler.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that people write: UTF-8, with or without a byte order mark. */
public final class TextFile {
  private static final String MARK = "\uFEFF";
  private static final int HIGH = 0xFE;
  private static final int LOW = 0xFF;

  private TextFile() {}

  /**
   * The text in a file.
   *
   * @throws IOException if it cannot be read
   * @throws InvalidInputException if it is in another encoding
   */
  public static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (isUtf16(bytes)) {
      throw refused(file, "UTF-16", null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused(file, "another encoding, such as Latin-1 or Windows-1252", e);
    }
  }

  /** With a byte order mark, or with a 0 in the first letter. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    return (first == LOW && second == HIGH)
        || (first == HIGH && second == LOW)
        || (first == 0) != (second == 0);
  }

  private static InvalidInputException refused(
      Path file, String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new InvalidInputException(
        file + ": is text in " + found + "; expected UTF-8, save it as that", cause);
  }
}
