package io.disassembler.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share: {@code 0.5} or {@code 50%}. What range it may have, its use decides. */
public final class ShareConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    try {
      double value =
          Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
      return percent ? value / 100 : value;
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "expected a share such as 0.5 or 50%, found '" + text + "'");
    }
  }
}
