package io.disassembler.report;

import io.disassembler.base.Numbers;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.Latency;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * What networks cost beside the full one.
 *
 * @param title the section's
 * @param full the network that the shares are of
 * @param networks what was made of it
 */
public record Costs(String title, Footprint full, List<Footprint> networks) implements Section {

  public Costs {
    networks = List.copyOf(networks);
  }

  @Override
  public List<DomContent> content() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(full));
    networks.forEach(network -> rows.add(row(network)));
    return List.of(
        Tables.of(
            "Size and cost of each network; shares are of the first",
            List.of(
                "network",
                "parameters",
                "share",
                "MACs",
                "share",
                "bytes",
                "share",
                "median latency",
                "ratio"),
            rows));
  }

  private List<String> row(Footprint network) {
    Latency latency = network.latency();
    return List.of(
        String.valueOf(network.file().getFileName()),
        Numbers.count(network.cost().parameters()),
        Numbers.percentOf(network.cost().parameters(), full.cost().parameters()),
        Numbers.count(network.cost().macs()),
        Numbers.percentOf(network.cost().macs(), full.cost().macs()),
        Numbers.count(network.bytes()),
        Numbers.percentOf(network.bytes(), full.bytes()),
        latency == null ? Numbers.UNDEFINED : Numbers.decimals(1, latency.medianMs()) + " ms",
        Numbers.decimals(2, network.latencyRatio(full).orElse(Double.NaN)));
  }
}
