package io.disassembler.cli.options;

import io.disassembler.data.Size;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HEIGHTxWIDTH}, of volumes {@code DEPTHxHEIGHTxWIDTH}. */
public final class SizeConverter implements ITypeConverter<Size> {
  @Override
  public Size convert(String text) {
    try {
      return Size.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
