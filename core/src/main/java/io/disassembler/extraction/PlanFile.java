package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.onnx.OnnxReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads plans from where they are kept. */
@Stable
public final class PlanFile {
  private PlanFile() {}

  /**
   * The plan in a file: JSON, or a sub-network that carries its own.
   *
   * @throws InvalidInputException if there is none, or it is damaged
   */
  public static Plan read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() == '{') {
        return Plan.fromJson(Files.readString(file), file.toString());
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such plan", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": the plan cannot be read: " + e, e);
    }
    String embedded = OnnxReader.read(file).metadata().get(Plan.METADATA_KEY);
    if (embedded == null) {
      throw new InvalidInputException(
          file + ": carries no plan; expected a plan as JSON or a sub-network made by extract");
    }
    return Plan.fromJson(embedded, file.toString());
  }
}
