package io.disassembler.report;

import static j2html.TagCreator.p;

import io.disassembler.base.Numbers;
import io.disassembler.figures.Figure;
import io.disassembler.figures.LayerFigures;
import io.disassembler.profile.Profile;
import io.disassembler.similarity.Attribution;
import io.disassembler.similarity.Estimate;
import io.disassembler.similarity.Finding;
import io.disassembler.similarity.LayerSimilarity;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why it works: images of one category excite similar channels.
 *
 * @param profile that the sub-networks were made with
 */
public record Similarities(Profile profile) implements Section {

  @Override
  public String title() {
    return "Do categories rely on different channels?";
  }

  @Override
  public List<DomContent> content() {
    Finding finding = Finding.of(profile);
    LayerFigures figures = new LayerFigures(profile, LayerFigures.PENULTIMATE);
    List<DomContent> content = new ArrayList<>();
    content.add(
        p(
            "Mean cosine similarity of the forward attribution of images of one category, and of images of different categories, with 95 %% confidence intervals (delete-one jackknife over the profile's %d images)."
                .formatted(profile.images().size())));
    content.add(
        Tables.of(
            "Similarity at every feature map",
            List.of("feature map", "one category", "different categories", "difference"),
            finding.by(Attribution.FORWARD).stream().map(Similarities::row).toList()));
    if (finding.comparable()) {
      Figure depth = figures.depth(finding);
      content.add(InlineImages.drawing(depth.drawing(), depth.caption()));
    } else {
      content.add(
          p(
              "No category is shown by %d images or more: there is nothing to compare."
                  .formatted(LayerSimilarity.FEWEST_IMAGES)));
    }
    if (!figures.empty()) {
      Figure categories = figures.categories(Attribution.FORWARD);
      content.add(p(categories.caption()));
      content.add(InlineImages.drawing(categories.drawing(), categories.caption()));
    }
    return content;
  }

  private static List<String> row(LayerSimilarity layer) {
    return List.of(
        layer.featureMap(), text(layer.within()), text(layer.between()), text(layer.difference()));
  }

  private static String text(@Nullable Estimate estimate) {
    return estimate == null
        ? Numbers.UNDEFINED
        : "%s (%s to %s)"
            .formatted(
                Numbers.decimals(3, estimate.value()),
                Numbers.decimals(3, estimate.low()),
                Numbers.decimals(3, estimate.high()));
  }
}
