package io.disassembler.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.base.Json;
import io.disassembler.evaluation.TextTable;
import io.disassembler.probe.ProbedNetwork;
import io.disassembler.probe.ProbedNetwork.RemovedCategory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What can still be read of the categories that sub-networks were cut without. */
public record ProbeSummary(List<ProbedNetwork> networks) {
  /** Nothing was asked. */
  public static final ProbeSummary NONE = new ProbeSummary(List.of());

  private static final JsonMapper JSON = new JsonMapper();

  /** Prints it, if something was asked. */
  public void print(PrintWriter out) {
    for (ProbedNetwork network : networks) {
      out.printf("%nRemoved, but what a linear classifier still reads of it: %s%n", network.file());
      if (network.removed().isEmpty()) {
        out.println("the judging images show no removed category");
        continue;
      }
      TextTable table = new TextTable("removed", "IoU", "from the full network");
      for (RemovedCategory removed : network.removed()) {
        table.row(removed.name(), share(removed.iou()), share(removed.fullIou()));
      }
      table.row(
          "mean",
          share(network.meanIou().orElseThrow()),
          share(network.meanFullIou().orElseThrow()));
      out.print(table.format());
    }
    out.flush();
  }

  private static String share(double iou) {
    return String.format(Locale.ROOT, "%.3f", iou);
  }

  /**
   * An evaluation with what was asked.
   *
   * @param evaluation an object in JSON
   */
  public String addedTo(String evaluation) {
    if (networks.isEmpty()) {
      return evaluation;
    }
    try {
      ObjectNode whole = (ObjectNode) JSON.readTree(evaluation);
      whole.set("probe", JSON.readTree(Json.compact(networks)));
      return Json.pretty(whole);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + evaluation, e);
    }
  }
}
