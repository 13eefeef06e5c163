package io.disassembler.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.disassembler.base.Numbers;
import io.disassembler.channel.Inspection;
import io.disassembler.channel.Layer;
import j2html.tags.DomContent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layers before and after, drawn to scale: a bar as long as the layer had kernels, filled as
 * far as they are kept.
 *
 * @param title the section's
 * @param full the network before
 * @param network the network after; layers are found by their nodes, else by their weights
 */
public record LayerBars(String title, Inspection full, Inspection network) implements Section {
  private static final int CHANNEL_AXIS = 1;

  @Override
  public List<DomContent> content() {
    Map<String, Layer> byNode = new HashMap<>();
    Map<String, Layer> byWeight = new HashMap<>();
    for (Layer layer : network.layers()) {
      byNode.put(layer.node(), layer);
      byWeight.put(layer.weightName(), layer);
    }
    long widest = full.layers().stream().mapToLong(LayerBars::kernels).max().orElse(1);
    return List.of(
        p("Bars are as long as a layer had kernels; the filled part is what is left."),
        Tables.scrolling(
            "Kernels and MACs of each layer, before and after",
            table(
                    thead(
                        tr(
                            th("layer").attr("scope", "col"),
                            th("kernels").attr("scope", "col").withClass("text"),
                            th("left").attr("scope", "col"),
                            th("of").attr("scope", "col"),
                            th("MACs left").attr("scope", "col"))),
                    tbody(
                        each(
                            full.layers(),
                            // A node without a name is called by what it puts out, which a new head
                            // renames.
                            layer ->
                                row(
                                    layer,
                                    byNode.getOrDefault(
                                        layer.node(), byWeight.get(layer.weightName())),
                                    widest))))
                .withClass("layers")));
  }

  private static DomContent row(Layer before, @Nullable Layer after, long widest) {
    long had = kernels(before);
    long left = after == null ? 0 : kernels(after);
    return tr(
        th(before.name()).attr("scope", "row"),
        td(
            div(div().withClass("left").attr("style", width(left, widest)))
                .withClass("bar")
                .attr("style", width(had, widest))
                .attr("aria-hidden", "true")),
        td(Numbers.count(left)),
        td(Numbers.count(had)),
        td(
            Numbers.percent(
                after == null ? 0 : (double) after.cost().macs() / before.cost().macs())));
  }

  /** Not a share of the cell: the bar for what is left lies in the other, on the same scale. */
  private static String width(long kernels, long widest) {
    return String.format(
        Locale.ROOT, "width:calc(%.4f * var(--widest))", (double) kernels / widest);
  }

  private static long kernels(Layer layer) {
    return layer.output().shape().dimension(CHANNEL_AXIS);
  }
}
