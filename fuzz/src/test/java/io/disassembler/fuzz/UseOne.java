package io.disassembler.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Uses files as they are, to look into what was found: {@code INPUT FILE...}. */
public final class UseOne {
  private UseOne() {}

  /** Uses files. */
  public static void main(String... arguments) throws IOException {
    Path folder = Files.createTempDirectory("use");
    Target target = Input.of(arguments[0]).target(Bench.in(folder));
    for (int i = 1; i < arguments.length; i++) {
      Path file = folder.resolve(Input.of(arguments[0]).file());
      Files.copy(Path.of(arguments[i]), file, StandardCopyOption.REPLACE_EXISTING);
      System.out.println("== " + arguments[i]);
      try {
        target.use(file);
        System.out.println("used");
      } catch (Throwable e) {
        e.printStackTrace(System.out);
      }
    }
  }
}
