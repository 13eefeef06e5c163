package io.disassembler.onnx;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Tells models apart by their bytes. */
public final class ModelDigest {
  private ModelDigest() {}

  /**
   * SHA-256, in hexadecimal, of a model's file; where weights lie in side files, of the file
   * followed by those, in the order of their names.
   *
   * @throws InvalidInputException if a file cannot be read
   */
  public static String sha256(Path model) {
    MessageDigest digest = Sha256.digest();
    ByteBuffer bytes = MappedFile.map(model);
    digest.update(bytes.duplicate());
    for (Path sideFile : ModelFile.sideFiles(bytes, model)) {
      update(digest, sideFile);
    }
    return Sha256.hex(digest);
  }

  /** Reads a file of any size, such as a side file of several GB. */
  private static void update(MessageDigest digest, Path file) {
    byte[] buffer = new byte[1 << 20];
    try (InputStream input = Files.newInputStream(file)) {
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }
}
