package io.disassembler.base;

/** Text of others, such as names in a model's file, as terminals may show it. */
public final class Printable {
  private static final char UNPRINTABLE = '\uFFFD';

  private Printable() {}

  /**
   * {@code text} without control characters but for tabs and ends of lines: what could move the
   * cursor, clear the screen or change the window's title is shown as {@code U+FFFD}. So are marks
   * that turn the direction of the text around them.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(of((char) c)));
    return shown.toString();
  }

  /** The same of one character. */
  public static char of(char c) {
    boolean kept = c == '\n' || c == '\r' || c == '\t';
    boolean control = Character.isISOControl(c);
    boolean direction = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    return (control && !kept) || direction ? UNPRINTABLE : c;
  }
}
