package io.disassembler.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.extraction.Plan;
import io.disassembler.graph.Network;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of itself in its metadata: full networks may carry a card, sub-networks carry
 * all of it.
 *
 * @param card as YAML; null if there is none
 * @param mapping how the outputs relate to the full network's; null if there is none
 * @param plan how it was made; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Papers(
    @Nullable String card, @Nullable CategoryMapping mapping, @Nullable Plan plan) {

  private static final int SHOWN = 120;

  /**
   * The papers of a network.
   *
   * @throws io.disassembler.base.InvalidInputException if it has some that cannot be read
   */
  public static Papers of(Network network) {
    Map<String, String> metadata = network.metadata();
    String plan = metadata.get(Plan.METADATA_KEY);
    return new Papers(
        metadata.get(NetworkCard.METADATA_KEY),
        CategoryMapping.fromMetadata(metadata, network.name()).orElse(null),
        plan == null ? null : Plan.fromJson(plan, network.name()));
  }

  /** Prints what there is. */
  public void print(PrintWriter out) {
    if (mapping != null) {
      out.printf("%nSub-network. Its outputs:%n");
      List<String> names = mapping.names();
      for (int i = 0; i < names.size(); i++) {
        out.printf("  %d %s%s%n", i, names.get(i), i == 0 ? folded(mapping) : "");
      }
    }
    if (card != null) {
      out.printf("%nCard:%n");
      card.lines().forEach(line -> out.println("  " + shortened(line)));
    }
    if (plan != null) {
      print(out, plan);
    }
  }

  private static String folded(CategoryMapping mapping) {
    return !mapping.hasOther()
        ? ""
        : shortened(
            ": any of "
                + String.join(", ", mapping.other().stream().map(mapping.source()::get).toList()));
  }

  private static void print(PrintWriter out, Plan plan) {
    TextLines lines = new TextLines(out);
    out.printf("%nPlan (extract MODEL --plan makes it again):%n");
    lines.line("made by", "Disassembler " + plan.version());
    lines.line("from model", plan.model());
    lines.line("categories", String.join(", ", plan.categories()));
    lines.line("goal", plan.goal().text());
    lines.line("criterion", plan.criterion());
    lines.line("selection", plan.isEdited() ? "edited by hand; the goal is what it keeps" : null);
    lines.line("recovery", plan.recovery());
    lines.line("profile", plan.profile());
    lines.line("calibration", plan.calibration());
    lines.line("seed", Long.toString(plan.seed()));
    if (plan.tuning() != null) {
      lines.line("training", plan.tuning().steps() + " steps");
    }
    out.println("  kept kernels:");
    plan.kept().forEach((layer, kept) -> out.println("    " + shortened(layer + ": " + kept)));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ...";
  }

  /** Lines of a name and what it is. */
  private record TextLines(PrintWriter out) {
    void line(String name, @Nullable String value) {
      if (value != null) {
        out.printf("  %-12s %s%n", name, shortened(value));
      }
    }
  }
}
