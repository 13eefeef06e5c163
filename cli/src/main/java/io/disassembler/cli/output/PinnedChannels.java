package io.disassembler.cli.output;

import io.disassembler.channel.Inspection;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says which channels are never removed, why, and what that leaves untouchable. */
public final class PinnedChannels {
  private static final int SHOWN_VALUES = 3;

  private PinnedChannels() {}

  public static void print(PrintWriter out, Inspection inspection) {
    if (inspection.pins().isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "Never removed (%.1f %% of the MACs cannot be cut into):%n",
        100 * (1 - inspection.cuttableShare()));
    inspection
        .missing()
        .forEach(
            (reason, macs) ->
                out.printf(
                    Locale.ROOT,
                    "  %.1f %%: %s%n",
                    100.0 * macs / Math.max(1, inspection.macs()),
                    reason));
    for (Map.Entry<String, List<String>> pin : inspection.pins().entrySet()) {
      List<String> values = pin.getValue();
      out.printf(
          "  %s%s: %s%n",
          String.join(", ", values.subList(0, Math.min(SHOWN_VALUES, values.size()))),
          values.size() > SHOWN_VALUES ? " and " + (values.size() - SHOWN_VALUES) + " more" : "",
          pin.getKey());
    }
  }
}
