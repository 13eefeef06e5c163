package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Shard;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code K/N}. */
public final class ShardConverter implements ITypeConverter<Shard> {
  @Override
  public Shard convert(String text) {
    if (!text.matches("\\d{1,9}/\\d{1,9}")) {
      throw new TypeConversionException("expected K/N such as 3/16, found '" + text + "'");
    }
    int slash = text.indexOf('/');
    try {
      return new Shard(
          Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    } catch (InvalidInputException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
