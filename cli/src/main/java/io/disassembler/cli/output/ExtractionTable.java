package io.disassembler.cli.output;

import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.base.Numbers;
import io.disassembler.evaluation.TextTable;
import io.disassembler.extraction.Tuning;
import io.disassembler.onnx.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What came of an extraction, for people. */
public final class ExtractionTable {
  private ExtractionTable() {}

  /**
   * Prints it.
   *
   * @param written where {@code small} is
   * @param seconds how long everything took
   */
  public static void print(
      PrintWriter out, SegmentationNetwork full, SubNetwork small, Path written, double seconds) {
    TextTable table = new TextTable("", "full", "sub-network", "kept");
    row(table, "MACs", small.fullCost().macs(), small.cost().macs());
    row(table, "parameters", small.fullCost().parameters(), small.cost().parameters());
    row(table, "bytes", ModelFile.bytes(full.file()), ModelFile.bytes(written));
    row(table, "channel groups", small.selection().outOf(), small.selection().size());
    out.print(table.format());
    out.printf(
        Locale.ROOT,
        "categories: %s (%s, %s, recovery %s)%n",
        String.join(", ", small.plan().categories()),
        small.plan().criterion(),
        OptionWording.of(small.plan().goal()),
        small.plan().recovery());
    small
        .reducedSize()
        .ifPresent(
            size ->
                out.printf(
                    "resolution: works on images of %s inside; they go in and maps come out as before, %s%n",
                    size, full.size()));
    if (small.plan().isPrincipal()) {
      out.printf(
          "channels: along principal axes; %d layers are written as two%n", small.plan().pairs());
    }
    if (small.plan().isEdited()) {
      out.println("selection: edited by hand; the share of the MACs is what it keeps");
    }
    Tuning tuning = small.plan().tuning();
    if (tuning != null) {
      out.println("tuned: " + tuning);
    }
    PinnedChannels.print(out, full.inspect());
    out.println("checked: " + small.proof());
    out.printf(Locale.ROOT, "%.1f s. Written: %s%n", seconds, written);
    out.flush();
  }

  private static void row(TextTable table, String name, long full, long kept) {
    table.row(name, Numbers.brief(full), Numbers.brief(kept), Numbers.percentOf(kept, full));
  }
}
