package io.disassembler.spark;

import io.disassembler.base.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The command line of a job, on the driver: what is wrong with what was handed in is one line. */
final class JobLine {
  private static final int INVALID_INPUT = 2;

  private JobLine() {}

  /** Runs a job, and ends the process if it fails. */
  static void run(Callable<Integer> job, String... arguments) {
    NativeMemory.leaveToSpark();
    int code =
        new CommandLine(job)
            .setParameterExceptionHandler(
                (exception, given) -> complain(exception.getCommandLine(), exception))
            .setExecutionExceptionHandler(
                (exception, line, parsed) -> {
                  if (exception instanceof InvalidInputException) {
                    return complain(line, exception);
                  }
                  throw exception;
                })
            .execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int complain(CommandLine line, Exception exception) {
    line.getErr().println("disassembler: " + exception.getMessage());
    return INVALID_INPUT;
  }
}
