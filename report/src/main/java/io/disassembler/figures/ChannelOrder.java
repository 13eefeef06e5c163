package io.disassembler.figures;

import io.disassembler.profile.Profile;
import io.disassembler.similarity.Attribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The channels of a feature map in an order that shows what categories they belong to: each goes to
 * the category in whose vector, relative to that vector's largest element, it stands highest;
 * within a category those come first that leave the other categories farthest behind.
 *
 * @param channels channel numbers in their order
 * @param spans the runs of channels of each category that has any
 */
record ChannelOrder(List<Integer> channels, List<Axis.Span> spans) {

  ChannelOrder {
    channels = List.copyOf(channels);
    spans = List.copyOf(spans);
  }

  /** The order by the categories' own vectors. */
  static ChannelOrder of(Profile profile, String featureMap, Attribution attribution) {
    List<String> names = profile.header().categories();
    return of(
        IntStream.range(0, names.size())
            .mapToObj(c -> relative(attribution.of(profile.category(c), featureMap)))
            .toArray(double[][]::new),
        names);
  }

  /**
   * @param vectors one for each category
   */
  static ChannelOrder of(double[][] vectors, List<String> names) {
    int count = vectors[0].length;
    int[] owner = new int[count];
    double[] lead = new double[count];
    for (int k = 0; k < count; k++) {
      double best = Double.NEGATIVE_INFINITY;
      double second = 0;
      for (int c = 0; c < vectors.length; c++) {
        if (vectors[c][k] > best) {
          second = Math.max(0, best);
          best = vectors[c][k];
          owner[k] = c;
        } else {
          second = Math.max(second, vectors[c][k]);
        }
      }
      lead[k] = best - second;
    }
    List<Integer> channels =
        IntStream.range(0, count)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(k -> owner[k])
                    .thenComparingDouble(k -> -lead[k])
                    .thenComparingInt(k -> k))
            .toList();
    List<Axis.Span> spans = new ArrayList<>();
    for (int from = 0; from < count; ) {
      int category = owner[channels.get(from)];
      int to = from;
      while (to < count && owner[channels.get(to)] == category) {
        to++;
      }
      spans.add(new Axis.Span(names.get(category), from, to));
      from = to;
    }
    return new ChannelOrder(channels, spans);
  }

  /** {@code vector} in this order. */
  double[] arranged(double[] vector) {
    return channels.stream().mapToDouble(k -> vector[k]).toArray();
  }

  /** {@code vector} divided by its largest element, if that is above 0. */
  static double[] relative(double[] vector) {
    double largest = Arrays.stream(vector).max().orElse(0);
    return Arrays.stream(vector).map(x -> largest > 0 ? x / largest : 0).toArray();
  }
}
