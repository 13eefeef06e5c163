package io.disassembler.figures;

import io.disassembler.base.Csv;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Thresholds;
import io.disassembler.similarity.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the thresholds of the cooperation of both attributions make of the kernels. */
final class KernelFigures {
  private static final int BINS = 25;
  private static final int COMBINATIONS = 30;

  private final Profile profile;
  private final Thresholds thresholds;
  private final List<CategoryProfile> categories;

  KernelFigures(Profile profile, Thresholds thresholds) {
    this.profile = profile;
    this.thresholds = thresholds;
    categories =
        IntStream.range(0, profile.header().categories().size())
            .mapToObj(profile::category)
            .filter(category -> category.images() > 0)
            .toList();
  }

  /** How relevance is distributed in every layer. */
  Figure relevance() {
    List<String> maps = profile.featureMaps();
    List<RelevanceChart.Panel> panels =
        List.of(
            panel(Attribution.FORWARD, thresholds.alpha(), "alpha"),
            panel(Attribution.BACKWARD, thresholds.beta(), "beta"));
    List<Double> passing = maps.stream().map(this::passing).toList();
    return new Figure(
        "relevance",
        "Relevance of channels to categories at every feature map, relative to the most relevant channel of each category; and the share of channels that pass both thresholds, averaged over %d categories."
            .formatted(categories.size()),
        new RelevanceChart("Distribution of relevance", maps, panels, passing),
        table(maps, panels, passing));
  }

  private static List<List<String>> table(
      List<String> maps, List<RelevanceChart.Panel> panels, List<Double> passing) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("feature map", "attribution", "relevance from", "share of channels"));
    for (int map = 0; map < maps.size(); map++) {
      for (RelevanceChart.Panel panel : panels) {
        for (int bin = 0; bin < BINS; bin++) {
          table.add(
              List.of(
                  maps.get(map),
                  panel.title(),
                  Csv.number((double) bin / BINS),
                  Csv.number(panel.shares()[map][bin])));
        }
      }
      table.add(List.of(maps.get(map), "pass both", "", Csv.number(passing.get(map))));
    }
    return table;
  }

  private RelevanceChart.Panel panel(Attribution attribution, double threshold, String symbol) {
    double[][] shares =
        profile.featureMaps().stream()
            .map(map -> histogram(map, attribution))
            .toArray(double[][]::new);
    return new RelevanceChart.Panel(attribution.id(), threshold, symbol, shares);
  }

  /** Shares of the channels of all categories, by relevance. */
  private double[] histogram(String featureMap, Attribution attribution) {
    double[] shares = new double[BINS];
    double each = 1.0 / (categories.size() * profile.channels(featureMap));
    for (CategoryProfile category : categories) {
      for (double x : ChannelOrder.relative(attribution.of(category, featureMap))) {
        shares[Math.min(BINS - 1, (int) (x * BINS))] += each;
      }
    }
    return shares;
  }

  private double passing(String featureMap) {
    double passing = 0;
    for (CategoryProfile category : categories) {
      for (boolean relevant : thresholds.relevant(category, featureMap)) {
        passing += relevant ? 1 : 0;
      }
    }
    return passing / (categories.size() * profile.channels(featureMap));
  }

  /** Which kernels several categories share at one feature map. */
  Figure shared(String featureMap) {
    SharedKernels shared = SharedKernels.of(profile, featureMap, thresholds);
    List<String> names =
        shared.categories().stream().map(profile.header().categories()::get).toList();
    List<SharedKernels.Combination> shown =
        shared.combinations().stream().limit(COMBINATIONS).toList();
    List<String> notes = new ArrayList<>();
    notes.add(thresholds.text());
    notes.add(
        "%d kernels, %d for no category".formatted(profile.channels(featureMap), shared.unused()));
    if (shown.size() < shared.combinations().size()) {
      notes.add(
          "the %d largest of %d combinations"
              .formatted(shown.size(), shared.combinations().size()));
    }
    return new Figure(
        "shared-kernels",
        "Kernels of %s by the exact set of categories that rely on them, and to the left how many each category relies on (%s)."
            .formatted(featureMap, String.join("; ", notes)),
        new UpSet(
            "Shared kernels · " + featureMap,
            String.join(" · ", notes),
            names,
            shared.kernels(),
            shown),
        table(shared, names));
  }

  private static List<List<String>> table(SharedKernels shared, List<String> names) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("categories", "kernels"));
    for (SharedKernels.Combination combination : shared.combinations()) {
      table.add(
          List.of(
              combination.categories().stream().map(names::get).collect(Collectors.joining(" + ")),
              Integer.toString(combination.kernels())));
    }
    table.add(List.of("", Integer.toString(shared.unused())));
    return table;
  }
}
