package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Images, with masks if there are labels.
 *
 * @param samples in the order of their names
 * @param legend what mask values mean, where the data set says so
 */
public record DataSet(List<Sample> samples, @Nullable Legend legend) {

  public DataSet {
    samples = List.copyOf(samples);
  }

  /**
   * Some samples, chosen at random: the same for the same data set, limit and seed.
   *
   * @param limit how many at most, at least 1
   * @return the chosen in the order of their names; all if there are no more than {@code limit}
   */
  public List<Sample> sample(int limit, long seed) {
    if (limit < 1) {
      throw new InvalidInputException(
          "limit: expected at least 1 image, found " + limit, Setting.IMAGE_LIMIT);
    }
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().limit(limit).sorted(Comparator.comparing(Sample::name)).toList();
  }

  /** True if every image has a mask. */
  public boolean labelled() {
    return samples.stream().allMatch(sample -> sample.mask() != null);
  }
}
