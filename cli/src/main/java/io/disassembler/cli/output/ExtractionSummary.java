package io.disassembler.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.SubNetwork;
import io.disassembler.base.Numbers;
import io.disassembler.channel.Inspection;
import io.disassembler.evaluation.TextTable;
import io.disassembler.onnx.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came of an extraction, for people and for programs.
 *
 * @param model the full network's file
 * @param inspection of the full network
 * @param output where the sub-network was written
 */
public record ExtractionSummary(
    Path model, Inspection inspection, SubNetwork result, Path output, double seconds) {

  public void print(PrintWriter out) {
    TextTable table = new TextTable("", "full", "sub-network", "kept");
    row(table, "MACs", result.fullCost().macs(), result.cost().macs());
    row(table, "parameters", result.fullCost().parameters(), result.cost().parameters());
    row(table, "bytes", ModelFile.bytes(model), ModelFile.bytes(output));
    row(table, "channel groups", result.selection().outOf(), result.selection().size());
    out.print(table.format());
    out.printf(
        Locale.ROOT,
        "categories: %s (%s, %s, recovery %s)%n",
        String.join(", ", result.plan().categories()),
        result.plan().criterion(),
        result.plan().goal(),
        result.plan().recovery());
    PinnedChannels.print(out, inspection);
    out.println("checked: " + result.proof());
    out.printf(Locale.ROOT, "%.1f s. Written: %s%n", seconds, output);
    out.flush();
  }

  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", output.toString());
    json.put("categories", result.plan().categories());
    json.put("criterion", result.plan().criterion());
    json.put("goal", result.plan().goal());
    json.put("recovery", result.plan().recovery());
    json.put("reference", cost(model, result.fullCost().parameters(), result.fullCost().macs()));
    json.put("network", cost(output, result.cost().parameters(), result.cost().macs()));
    json.put("cutAgainstMasked", result.proof().cutAgainstMasked().relative());
    json.put("runtimeAgainstEngine", result.proof().runtimeAgainstEngine().relative());
    json.put("cuttableMacsShare", inspection.cuttableShare());
    json.put("seconds", seconds);
    json.put("plan", result.plan());
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> cost(Path file, long parameters, long macs) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("parameters", parameters);
    json.put("macs", macs);
    json.put("bytes", ModelFile.bytes(file));
    return json;
  }

  private static void row(TextTable table, String name, long full, long kept) {
    table.row(name, Numbers.brief(full), Numbers.brief(kept), Numbers.percentOf(kept, full));
  }
}
