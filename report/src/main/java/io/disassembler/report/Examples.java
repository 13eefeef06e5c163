package io.disassembler.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Numbers;
import io.disassembler.base.Reason;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Preprocessor;
import io.disassembler.evaluation.NetworkPrediction;
import j2html.tags.DomContent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images with what both networks see in them, and where they differ.
 *
 * @param title the section's
 * @param full what the first network is called, such as {@code full network}
 * @param network what the second one is called
 * @param predictions worst first, all of one network
 */
public record Examples(
    String title, String full, String network, List<NetworkPrediction> predictions)
    implements Section {
  /** So many keep the page small enough to be mailed. */
  public static final int MOST = 12;

  public Examples {
    predictions = List.copyOf(predictions);
  }

  @Override
  public List<DomContent> content() {
    List<DomContent> content = new ArrayList<>();
    content.add(
        p(
            "The images on which the %s loses most IoU against the %s come first. Loss is the difference of their IoU on the image, averaged over the categories that it shows or that are predicted; a category rightly not predicted counts as 1."
                .formatted(network, full)));
    content.add(legend(predictions.get(0).mapping()));
    predictions.forEach(prediction -> content.add(example(prediction)));
    return content;
  }

  private DomContent legend(CategoryMapping mapping) {
    List<DomContent> keys = new ArrayList<>();
    IntStream.range(0, mapping.names().size())
        .filter(category -> MaskPainter.color(mapping, category) != MaskPainter.NONE)
        .forEach(
            category ->
                keys.add(key(MaskPainter.color(mapping, category), mapping.names().get(category))));
    List<DomContent> differences = new ArrayList<>();
    if (mapping.hasOther() || mapping.independent()) {
      differences.add(key(MaskPainter.LOST, "only the " + full + " sees a category"));
      differences.add(key(MaskPainter.GAINED, "only the " + network + " sees one"));
    }
    if (mapping.independent() && mapping.chosen().size() > 1) {
      keys.add(li("where several are, their colours mix"));
    }
    if (mapping.chosen().size() > 1) {
      differences.add(key(MaskPainter.CONFUSED, "they see different ones"));
    }
    return div(ul(each(keys, key -> key)), ul(each(differences, key -> key))).withClass("legend");
  }

  private static DomContent key(int color, String name) {
    return li(
        span()
            .withClass("swatch")
            .attr("style", String.format(Locale.ROOT, "background:#%06x", color))
            .attr("aria-hidden", "true"),
        span(name));
  }

  private DomContent example(NetworkPrediction prediction) {
    String name = prediction.sample().name();
    MaskPainter painter =
        new MaskPainter(prediction.mapping(), photograph(prediction), prediction.size());
    List<DomContent> pictures = new ArrayList<>();
    pictures.add(picture(painter.photograph(), "image", "Image " + name));
    int[] labels = prediction.labels();
    if (labels != null) {
      pictures.add(
          picture(painter.categories(labels, prediction.size()), "mask", "Mask of image " + name));
    }
    pictures.add(
        picture(
            painter.categories(prediction.reference(), prediction.size()),
            full,
            "What the %s sees in image %s".formatted(full, name)));
    pictures.add(
        picture(
            painter.categories(prediction.network(), prediction.size()),
            network,
            "What the %s sees in image %s".formatted(network, name)));
    pictures.add(
        picture(
            painter.difference(prediction.reference(), prediction.network(), prediction.size()),
            "difference",
            "Where they differ in image %s: %s of the pixels"
                .formatted(name, Numbers.percent(prediction.differing()))));
    return div(h3(name), p(summary(prediction)), div(each(pictures, one -> one)).withClass("row"))
        .withClass("example");
  }

  private static String summary(NetworkPrediction prediction) {
    String ious =
        prediction.categories().stream()
            .filter(c -> Double.isFinite(c.reference().iou()) || Double.isFinite(c.counts().iou()))
            .map(
                c ->
                    "%s %s → %s"
                        .formatted(
                            c.name(),
                            Numbers.decimals(2, c.reference().iou()),
                            Numbers.decimals(2, c.counts().iou())))
            .collect(Collectors.joining(", "));
    return "loss %s, %s of the pixels differ%s"
        .formatted(
            Numbers.decimals(3, prediction.loss()),
            Numbers.percent(prediction.differing()),
            ious.isEmpty() ? "" : "; IoU " + ious);
  }

  private static DomContent picture(BufferedImage image, String caption, String description) {
    return figure(InlineImages.photograph(image, description), figcaption(caption));
  }

  private static BufferedImage photograph(NetworkPrediction prediction) {
    try {
      return MaskPainter.photograph(
          new Preprocessor(prediction.card(), prediction.size()).picture(prediction.sample()));
    } catch (IOException e) {
      throw new InvalidInputException(
          prediction.sample().image() + ": the image cannot be read again: " + Reason.of(e), e);
    }
  }
}
