package io.disassembler.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts Java machines of their own for tests that need one, such as to kill it. */
public final class ChildJava {
  private ChildJava() {}

  /**
   * Starts a program of the test's class path; its errors go where the test's go.
   *
   * @param options of the Java machine
   */
  public static Process start(List<String> options, String main, String... arguments)
      throws IOException {
    return program(options, main, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * A program of the test's class path, to be started.
   *
   * @param options of the Java machine
   */
  public static ProcessBuilder program(List<String> options, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
