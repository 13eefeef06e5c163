package io.disassembler.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Something that reads files of strangers. */
interface Target {
  /** How Java machines are started that use files. */
  List<String> JAVA =
      List.of(
          "-Xmx2g",
          "-XX:+UseSerialGC",
          "-XX:-OmitStackTraceInFastThrow",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
          // Large images take long, and are no surprise.
          "-Ddisassembler.image.pixels=1000000",
          "-Ddisassembler.root=" + System.getProperty("disassembler.root"));

  /** Good files, and some that once were not. */
  List<byte[]> seeds() throws IOException;

  /** Another file, made of {@code seed}; the same for the same numbers. */
  byte[] mutant(byte[] seed, RandomGenerator random) throws IOException;

  /**
   * Uses a file as commands do.
   *
   * @throws io.disassembler.base.InvalidInputException if it cannot be used
   * @throws io.disassembler.base.NotEnoughMemoryException if it asks for more memory than there is;
   *     nothing else may be thrown, and nothing of that be taken
   */
  void use(Path file) throws IOException;
}
