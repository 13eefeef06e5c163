package io.disassembler.cli.options;

import io.disassembler.cli.output.OutputFile;
import io.disassembler.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command also writes a report. */
public final class ReportOption {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write a report: one HTML file with tables, charts and example images, to read offline.")
  private @Nullable Path file;

  /** True if a report was asked for. */
  public boolean given() {
    return file != null;
  }

  /** Refuses a file that could not be written. */
  public void require() {
    OutputFile.requireIfAny(file);
  }

  /** The same for a command that makes a folder: the report may lie in it. */
  public void requireBeside(Path made) {
    OutputFile.requireIfAny(file, made);
  }

  /** Writes the report if one was asked for; only then is it made. */
  public void write(Supplier<Report> page, PrintWriter out) {
    if (file != null) {
      page.get().write(file);
      out.println("Written: " + file);
      out.flush();
    }
  }
}
