package io.disassembler.cli.options;

import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.Writes;
import io.disassembler.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command also writes a report. */
@HelpSection.In(HelpSection.OUTPUT)
public final class ReportOption {
  @Writes
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

  /** Writes the report if one was asked for; only then is it made. */
  public void write(Supplier<Report> page, PrintWriter out) {
    if (file != null) {
      page.get().write(file);
      out.println("Written: " + file);
      out.flush();
    }
  }
}
