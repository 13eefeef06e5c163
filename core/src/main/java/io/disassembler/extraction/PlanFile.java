package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.base.Stable;
import io.disassembler.base.TextFile;
import io.disassembler.onnx.OnnxReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads plans from where they are kept. */
@Stable
public final class PlanFile {
  private static final int FIRST = 64;

  private PlanFile() {}

  /**
   * The plan in a file: JSON, or a sub-network that carries its own.
   *
   * @throws InvalidInputException if there is none, or it is damaged
   */
  public static Plan read(Path file) {
    try {
      if (isText(file)) {
        return Plan.fromJson(TextFile.read(file), file.toString());
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such plan", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": the plan cannot be read: " + Reason.of(e), e);
    }
    String embedded = OnnxReader.read(file).metadata().get(Plan.METADATA_KEY);
    if (embedded == null) {
      throw new InvalidInputException(
          file + ": carries no plan; expected a plan as JSON or a sub-network made by extract");
    }
    return Plan.fromJson(embedded, file.toString());
  }

  /** Whether it begins as JSON does, in any encoding; no ONNX file begins so. */
  private static boolean isText(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = in.readNBytes(FIRST);
      return new String(begin, StandardCharsets.ISO_8859_1)
          .replaceFirst("^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)", "")
          .replace("\0", "")
          .stripLeading()
          .startsWith("{");
    }
  }
}
