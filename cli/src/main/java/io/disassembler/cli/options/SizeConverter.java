package io.disassembler.cli.options;

import io.disassembler.data.Size;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HEIGHTxWIDTH}, of volumes {@code DEPTHxHEIGHTxWIDTH}. */
public final class SizeConverter implements ITypeConverter<Size> {
  @Override
  public Size convert(String text) {
    if (!text.matches("([1-9]\\d{0,4}x){1,2}[1-9]\\d{0,4}")) {
      throw new TypeConversionException(
          "expected HEIGHTxWIDTH such as 192x256, of volumes DEPTHxHEIGHTxWIDTH, found '"
              + text
              + "'");
    }
    return Size.of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }
}
