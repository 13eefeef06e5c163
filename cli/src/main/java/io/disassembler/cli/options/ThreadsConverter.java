package io.disassembler.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of threads. */
public final class ThreadsConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new TypeConversionException("expected at least 1, found '" + text + "'");
    }
    return Integer.valueOf(text);
  }
}
