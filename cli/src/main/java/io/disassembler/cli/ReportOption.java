package io.disassembler.cli;

import io.disassembler.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command also writes a report. */
final class ReportOption {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write a report: one HTML file with tables, charts and example images, to read offline.")
  @Nullable Path file;

  /** True if a report was asked for. */
  boolean given() {
    return file != null;
  }

  /** Refuses a file that could not be written. */
  void require() {
    OutputFile.requireIfAny(file);
  }

  /** The same for a command that makes a folder: the report may lie in it. */
  void requireBeside(Path made) {
    OutputFile.requireIfAny(file, made);
  }

  /** Writes the report if one was asked for; only then is it made. */
  void write(Supplier<Report> page, PrintWriter out) {
    if (file != null) {
      page.get().write(file);
      out.println("Written: " + file);
      out.flush();
    }
  }
}
