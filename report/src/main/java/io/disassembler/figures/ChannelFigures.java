package io.disassembler.figures;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.profile.AttributionExample;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.similarity.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The paper's two figures of a feature map (Hu et al., IJCV 2023): images of one category by
 * channels, and categories by channels. The channels are in the same order in both.
 */
final class ChannelFigures {
  private static final int HEIGHT = 330;
  private static final int WIDTH = 900;

  private final Profile profile;
  private final String featureMap;
  private final Attribution attribution;
  private final ChannelOrder order;

  ChannelFigures(Profile profile, String featureMap, Attribution attribution) {
    this.profile = profile;
    this.featureMap = featureMap;
    this.attribution = attribution;
    order = ChannelOrder.of(profile, featureMap, attribution);
  }

  /** Figure (a): a row for each example of a category. */
  Figure images(int category) {
    profile.requireProfiled(List.of(category));
    List<AttributionExample> examples = profile.category(category).examples();
    List<String> categories = profile.header().categories();
    String name = categories.get(category);
    if (examples.isEmpty()) {
      throw new InvalidInputException(
          "category '%s': no image of the profile shows it; there are images of %s"
              .formatted(
                  name,
                  IntStream.range(0, categories.size())
                      .filter(c -> profile.category(c).images() > 0)
                      .mapToObj(categories::get)
                      .collect(Collectors.joining(", "))),
          Setting.CATEGORIES);
    }
    double[][] rows =
        examples.stream()
            .map(example -> row(doubles(attribution.of(example, featureMap))))
            .toArray(double[][]::new);
    return figure(
        "images-%s-%s".formatted(FileNames.of(categories, category), attribution.id()),
        "Images that show %s".formatted(name),
        "%s attribution of each channel of %s in %d images that show %s."
            .formatted(word(), featureMap, examples.size(), name),
        rows,
        Axis.labelled("image", examples.stream().map(AttributionExample::image).toList(), HEIGHT));
  }

  /** Figure (b): a row for each category that images show. */
  Figure categories() {
    List<String> names = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (int c = 0; c < profile.header().categories().size(); c++) {
      CategoryProfile category = profile.category(c);
      if (category.images() > 0) {
        names.add(profile.header().categories().get(c));
        rows.add(row(attribution.of(category, featureMap)));
      }
    }
    return figure(
        "categories-" + attribution.id(),
        "Categories",
        "%s attribution of each channel of %s to %d categories, over %d images."
            .formatted(word(), featureMap, names.size(), profile.images().size()),
        rows.toArray(double[][]::new),
        Axis.labelled("category", names, HEIGHT));
  }

  private Figure figure(String name, String title, String caption, double[][] values, Axis rows) {
    int count = order.channels().size();
    Axis columns =
        Axis.plain(
                "%d channels, by the category that they stand out for".formatted(count),
                count,
                WIDTH)
            .with(order.spans());
    return new Figure(
        name,
        caption + " Each row is relative to its largest element.",
        new Heatmap(
            "%s · %s · %s".formatted(title, featureMap, attribution.id()),
            values,
            rows,
            columns,
            Scale.share("relative to the row's largest")),
        Tables.of(
            rows.title(),
            rows.labels(),
            order.channels().stream().map(channel -> "channel " + channel).toList(),
            values));
  }

  private double[] row(double[] vector) {
    return order.arranged(ChannelOrder.relative(vector));
  }

  private String word() {
    return attribution.id().substring(0, 1).toUpperCase(Locale.ROOT)
        + attribution.id().substring(1);
  }

  private static double[] doubles(float[] vector) {
    return IntStream.range(0, vector.length).mapToDouble(k -> vector[k]).toArray();
  }
}
