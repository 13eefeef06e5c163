package io.disassembler.evaluation;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.NearestPixels;
import io.disassembler.data.Size;
import java.nio.file.Path;

/**
 * Turns a network's output into the category of each pixel: the arg max over the categories, the
 * first of equal ones; for one category, whether its score is above the threshold, and so for each
 * where they are independent. Scores of another size than asked for are first resized bilinearly,
 * label maps by nearest neighbour.
 */
public final class Predictor {
  private final Path file;
  private final int categories;
  private final boolean independent;
  private final Thresholds thresholds;

  private Predictor(Path file, int categories, boolean independent, Thresholds thresholds) {
    this.file = file;
    this.categories = categories;
    this.independent = independent;
    this.thresholds = thresholds;
  }

  /**
   * Of a network whose pixels have one category.
   *
   * @param file the network's file, for error messages
   * @param categories how many categories the network should have
   * @param thresholds what the output means if there is one category
   */
  public Predictor(Path file, int categories, Thresholds thresholds) {
    this(file, categories, false, thresholds);
  }

  /**
   * Of a network whose categories are independent.
   *
   * @param categories how many categories the network should have, at most 31
   * @param thresholds what the outputs mean
   */
  public static Predictor ofEach(Path file, int categories, Thresholds thresholds) {
    return new Predictor(file, categories, true, thresholds);
  }

  /**
   * The predicted categories.
   *
   * @return batch x height x width numbers from 0 to categories - 1, row-major; with one category
   *     also 1, where there is none. Of independent categories sets of them: bit c is set where
   *     category c is
   * @throws InvalidInputException if the network has another number of categories
   */
  public int[] labels(NetworkOutput output, Size size) {
    if (output instanceof NetworkOutput.LabelMaps maps) {
      return independent ? sets(maps, size) : labels(categories == 1 ? yes(maps) : maps, size);
    }
    NetworkOutput.Scores scores = (NetworkOutput.Scores) output;
    if (scores.categories() != categories) {
      throw new InvalidInputException(
          "%s: expected an output for each of %d categories, found %d outputs"
              .formatted(file, categories, scores.categories()));
    }
    return labels(scores, size);
  }

  /** Row by row: of many categories and a large size, all scores would not fit into memory. */
  private int[] labels(NetworkOutput.Scores scores, Size size) {
    BilinearScores resized = new BilinearScores(scores, size);
    int[] labels = new int[Math.multiplyExact(scores.batch(), size.area())];
    float[] row = new float[size.width()];
    float[] best = new float[row.length];
    for (int line = 0; line < scores.batch() * resized.rows(); line++) {
      int maps = line / resized.rows() * categories;
      for (int category = 0; category < categories; category++) {
        resized.read(maps + category, line % resized.rows(), row);
        decide(category, row, best, labels, line * row.length);
      }
    }
    return labels;
  }

  /**
   * What a category's scores change in a row.
   *
   * @param best the highest scores of the categories so far
   * @param labels of the categories so far, from {@code first} on
   */
  private void decide(int category, float[] row, float[] best, int[] labels, int first) {
    if (independent) {
      float threshold = thresholds.of(category);
      for (int pixel = 0; pixel < row.length; pixel++) {
        labels[first + pixel] |= row[pixel] > threshold ? 1 << category : 0;
      }
    } else if (categories == 1) {
      float threshold = thresholds.of(0);
      for (int pixel = 0; pixel < row.length; pixel++) {
        labels[first + pixel] = row[pixel] > threshold ? 0 : 1;
      }
    } else if (category == 0) {
      System.arraycopy(row, 0, best, 0, row.length);
    } else {
      for (int pixel = 0; pixel < row.length; pixel++) {
        if (row[pixel] > best[pixel]) {
          best[pixel] = row[pixel];
          labels[first + pixel] = category;
        }
      }
    }
  }

  /** Of a single category, what is not 0 says yes. */
  private int[] sets(NetworkOutput.LabelMaps maps, Size size) {
    if (categories != 1) {
      throw new InvalidInputException(
          "%s: expected an output for each of %d categories, found category numbers"
              .formatted(file, categories));
    }
    int[] sets = labels(yes(maps), size);
    for (int pixel = 0; pixel < sets.length; pixel++) {
      sets[pixel] = 1 - sets[pixel];
    }
    return sets;
  }

  /** Of one category, what is not 0 says yes. */
  private static NetworkOutput.LabelMaps yes(NetworkOutput.LabelMaps maps) {
    int[] values = maps.values();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = values[i] != 0 ? 0 : 1;
    }
    return new NetworkOutput.LabelMaps(labels, maps.batch(), maps.size());
  }

  private int[] labels(NetworkOutput.LabelMaps maps, Size size) {
    for (int label : maps.values()) {
      if (label < 0 || label >= Math.max(2, categories)) {
        throw new InvalidInputException(
            "%s: expected categories 0 to %d as output, found %d"
                .formatted(file, categories - 1, label));
      }
    }
    return maps.size().equals(size) ? maps.values() : nearest(maps, size);
  }

  private static int[] nearest(NetworkOutput.LabelMaps maps, Size size) {
    Size source = maps.size();
    int[] nearest = NearestPixels.of(source, size);
    int[] resized = new int[maps.batch() * nearest.length];
    for (int i = 0; i < resized.length; i++) {
      int image = i / nearest.length * source.area();
      resized[i] = maps.values()[image + nearest[i % nearest.length]];
    }
    return resized;
  }
}
