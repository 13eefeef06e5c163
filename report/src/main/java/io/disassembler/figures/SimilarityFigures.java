package io.disassembler.figures;

import io.disassembler.base.Csv;
import io.disassembler.similarity.Attribution;
import io.disassembler.similarity.Estimate;
import io.disassembler.similarity.Finding;
import io.disassembler.similarity.LayerSimilarity;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How similar the images of categories are to a network, at one feature map and over all. */
final class SimilarityFigures {
  private static final int EXTENT = 480;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 440;

  private final Finding finding;

  SimilarityFigures(Finding finding) {
    this.finding = finding;
  }

  /** Category by category. */
  Figure matrix(String featureMap, Attribution attribution) {
    LayerSimilarity layer = finding.at(featureMap, attribution);
    List<String> names =
        layer.categories().stream().map(finding.profile().header().categories()::get).toList();
    double[][] values = new double[names.size()][names.size()];
    for (int c = 0; c < names.size(); c++) {
      for (int d = 0; d < names.size(); d++) {
        values[c][d] = layer.mean(c, d);
      }
    }
    Axis axis = Axis.labelled("category", names, EXTENT);
    return new Figure(
        "similarity-" + attribution.id(),
        "Cosine similarity of %s attribution at %s: mean over pairs of different images, of one category on the diagonal. %s"
            .formatted(attribution.id(), featureMap, sentence(layer)),
        new Heatmap(
            "Similarity · %s · %s".formatted(featureMap, attribution.id()),
            values,
            axis,
            axis,
            Scale.around("mean cosine similarity of images", values)),
        Tables.of("category", names, names, values));
  }

  /** Where in the network categories part. */
  Figure depth() {
    XYChart chart =
        Charts.lines(
            "Where categories part",
            "feature map, in the order in which the network reads them",
            "mean cosine similarity",
            WIDTH,
            HEIGHT);
    chart.getStyler().setXAxisMin(0.5).setXAxisMax(finding.profile().featureMaps().size() + 0.5);
    chart.getStyler().setYAxisMax(1.0);
    for (Attribution attribution : Attribution.values()) {
      Color color = Colors.SERIES.get(attribution == Attribution.FORWARD ? 0 : 1);
      add(
          chart,
          attribution.id() + ", one category",
          attribution,
          LayerSimilarity::within,
          color,
          true);
      add(
          chart,
          attribution.id() + ", different",
          attribution,
          LayerSimilarity::between,
          color,
          false);
    }
    return new Figure(
        "depth",
        "Mean cosine similarity of images of one category and of images of different categories at every feature map, with 95 % confidence intervals.",
        new Charts.Painted(chart),
        depths());
  }

  private List<List<String>> depths() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("feature map", "attribution", "images", "similarity", "low", "high"));
    for (Attribution attribution : Attribution.values()) {
      for (LayerSimilarity layer : finding.by(attribution)) {
        add(table, layer, "of one category", layer.within());
        add(table, layer, "of different categories", layer.between());
      }
    }
    return table;
  }

  private static void add(
      List<List<String>> table, LayerSimilarity layer, String images, @Nullable Estimate found) {
    if (found != null) {
      table.add(
          List.of(
              layer.featureMap(),
              layer.attribution().id(),
              images,
              Csv.number(found.value()),
              Csv.number(found.low()),
              Csv.number(found.high())));
    }
  }

  private void add(
      XYChart chart,
      String name,
      Attribution attribution,
      Function<LayerSimilarity, @Nullable Estimate> measure,
      Color color,
      boolean solid) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Double> error = new ArrayList<>();
    List<LayerSimilarity> layers = finding.by(attribution);
    for (int i = 0; i < layers.size(); i++) {
      Estimate estimate = measure.apply(layers.get(i));
      if (estimate != null) {
        x.add(i + 1.0);
        y.add(estimate.value());
        error.add(estimate.high() - estimate.value());
      }
    }
    if (!x.isEmpty()) {
      Charts.style(chart.addSeries(name, x, y, error), color, solid)
          .setMarker(solid ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND);
    }
  }

  private static String sentence(LayerSimilarity layer) {
    Estimate within = layer.within();
    Estimate between = layer.between();
    return within == null || between == null
        ? "Too few images show a category to compare."
        : String.format(
            Locale.ROOT,
            "Within categories %.3f (%.3f to %.3f), between %.3f (%.3f to %.3f).",
            within.value(),
            within.low(),
            within.high(),
            between.value(),
            between.low(),
            between.high());
  }
}
