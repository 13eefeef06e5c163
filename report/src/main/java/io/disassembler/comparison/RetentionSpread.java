package io.disassembler.comparison;

import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a retention may be off because other images like these could have been judged: half of a
 * 95 % confidence interval by the delete-one jackknife over images (Efron and Stein, Annals of
 * Statistics 1981).
 */
final class RetentionSpread {
  private static final double NORMAL = 1.96;

  private RetentionSpread() {}

  /**
   * That of the mean retention of all categories; null where fewer than two images define it.
   *
   * @param images the counts of each image, the same categories in each
   */
  static @Nullable Double of(List<List<ComparedCategory>> images) {
    int count = images.size();
    if (count < 2) {
      return null;
    }
    List<List<ComparedCategory>> before = sums(images);
    List<List<ComparedCategory>> reversed = new ArrayList<>(images);
    Collections.reverse(reversed);
    List<List<ComparedCategory>> after = sums(reversed);
    List<Double> without = new ArrayList<>();
    for (int left = 0; left < count; left++) {
      List<ComparedCategory> rest =
          left == 0
              ? after.get(count - 2)
              : left == count - 1
                  ? before.get(count - 2)
                  : plus(before.get(left - 1), after.get(count - 2 - left));
      double retention = CellResult.retention(rest);
      if (Double.isFinite(retention)) {
        without.add(retention);
      }
    }
    if (without.size() < 2) {
      return null;
    }
    double mean = without.stream().mapToDouble(x -> x).average().orElseThrow();
    double squares = without.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return NORMAL * Math.sqrt(squares * (without.size() - 1) / without.size());
  }

  /** Sums of the first one, two, and so on. */
  private static List<List<ComparedCategory>> sums(List<List<ComparedCategory>> images) {
    List<List<ComparedCategory>> sums = new ArrayList<>(List.of(images.get(0)));
    for (List<ComparedCategory> image : images.subList(1, images.size())) {
      sums.add(plus(sums.get(sums.size() - 1), image));
    }
    return sums;
  }

  /** The counts of two sets of images together. */
  static List<ComparedCategory> plus(List<ComparedCategory> some, List<ComparedCategory> more) {
    List<ComparedCategory> sum = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      sum.add(some.get(i).plus(more.get(i)));
    }
    return sum;
  }
}
