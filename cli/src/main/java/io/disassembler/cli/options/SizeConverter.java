package io.disassembler.cli.options;

import io.disassembler.data.Size;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HEIGHTxWIDTH}. */
public final class SizeConverter implements ITypeConverter<Size> {
  @Override
  public Size convert(String text) {
    if (!text.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
      throw new TypeConversionException(
          "expected HEIGHTxWIDTH such as 192x256, found '" + text + "'");
    }
    int cross = text.indexOf('x');
    return new Size(
        Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
  }
}
