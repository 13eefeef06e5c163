package io.disassembler.cli.output;

import io.disassembler.base.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Lets through what terminals may show of text that others wrote ({@link Printable}). */
final class PrintableWriter extends FilterWriter {
  private PrintableWriter(Writer out) {
    super(out);
  }

  /** A writer to {@code out} that is flushed at the end of each line. */
  static PrintWriter over(Writer out) {
    return new PrintWriter(new PrintableWriter(out), true);
  }

  @Override
  public void write(int c) throws IOException {
    out.write(Printable.of((char) c));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(Printable.of(new String(text, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(Printable.of(text.substring(offset, offset + length)));
  }
}
