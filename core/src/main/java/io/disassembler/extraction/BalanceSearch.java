package io.disassembler.extraction;

import io.disassembler.base.Stable;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for constants, one for each chosen category, that bring decisions nearest to others when
 * they are added to the category's scores: by the mean IoU of the chosen categories, by coordinate
 * search. {@code Other} is category 0.
 */
@Stable
public final class BalanceSearch {
  /** Steps tried up and down, as shares of the standard deviation of a category's margins. */
  private static final double[] STEPS = {0.4, 0.2, 0.1, 0.05, 0.025};

  private final int categories;
  private final List<float[]> scores = new ArrayList<>();
  private final List<int[]> references = new ArrayList<>();

  /**
   * @param categories how many there are, {@code other} included
   */
  public BalanceSearch(int categories) {
    this.categories = categories;
  }

  /**
   * What was found.
   *
   * @param constants one for each chosen category
   * @param agreement mean IoU of the chosen categories that occur, 0 to 1; 0 if none does
   */
  public record Found(List<Double> constants, double agreement) {
    public Found {
      constants = List.copyOf(constants);
    }
  }

  /**
   * Adds pixels.
   *
   * @param values pixels x categories
   * @param decisions the categories that they should get
   */
  public void add(float[] values, int[] decisions) {
    scores.add(values);
    references.add(decisions);
  }

  /** How near the decisions are with these constants. */
  public double agreement(List<Double> constants) {
    double[] balance = new double[categories];
    for (int category = 1; category < categories; category++) {
      balance[category] = constants.get(category - 1);
    }
    return agreement(balance);
  }

  /** The best constants for what was added. */
  public Found run() {
    double[] balance = new double[categories];
    double best = agreement(balance);
    for (double step : STEPS) {
      for (int category = 1; category < categories; category++) {
        double unit = step * spread(category);
        for (double change : new double[] {unit, -unit}) {
          for (boolean better = true; better; ) {
            balance[category] += change;
            double found = agreement(balance);
            better = found > best;
            if (better) {
              best = found;
            } else {
              balance[category] -= change;
            }
          }
        }
      }
    }
    List<Double> result = new ArrayList<>();
    for (int category = 1; category < categories; category++) {
      result.add((double) (float) balance[category]);
    }
    return new Found(result, best);
  }

  /** Standard deviation of the category's score above {@code other}'s. */
  private double spread(int category) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (float[] image : scores) {
      for (int i = 0; i < image.length; i += categories) {
        double margin = image[i + category] - image[i];
        sum += margin;
        squares += margin * margin;
        count++;
      }
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean));
  }

  /** Mean IoU of the chosen categories with the full network's decisions. */
  private double agreement(double[] balance) {
    long[] both = new long[categories];
    long[] either = new long[categories];
    for (int image = 0; image < scores.size(); image++) {
      float[] values = scores.get(image);
      int[] reference = references.get(image);
      for (int pixel = 0; pixel < reference.length; pixel++) {
        int winner = 0;
        double highest = values[pixel * categories];
        for (int category = 1; category < categories; category++) {
          double score = values[pixel * categories + category] + balance[category];
          if (score > highest) {
            highest = score;
            winner = category;
          }
        }
        either[winner]++;
        if (winner == reference[pixel]) {
          both[winner]++;
        } else {
          either[reference[pixel]]++;
        }
      }
    }
    double sum = 0;
    int present = 0;
    for (int category = 1; category < categories; category++) {
      if (either[category] > 0) {
        sum += (double) both[category] / either[category];
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }
}
