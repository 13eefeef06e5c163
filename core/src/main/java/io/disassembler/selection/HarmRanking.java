package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Selections by predicted harm ({@link HarmAllocation}).
 *
 * @param inOneUnit whether harms of different layers can be compared
 */
record HarmRanking(Anatomy anatomy, Elimination elimination, boolean inOneUnit) implements Ranking {
  /**
   * How much more than predicted the errors of few channels count, see {@link HarmAllocation}:
   * which is right differs from network to network and from budget to budget (docs/quality.md), so
   * that where images are followed both are tried.
   */
  private static final double[] DEPTHS = {4, 2};

  @Override
  public Selection select(Budget budget) {
    return select(budget, inOneUnit ? DEPTHS[0] : 0);
  }

  @Override
  public List<Selection> candidates(Budget budget) {
    return inOneUnit
        ? DoubleStream.of(DEPTHS).mapToObj(depth -> select(budget, depth)).toList()
        : List.of(select(budget));
  }

  private Selection select(Budget budget, double depth) {
    return new HarmAllocation(anatomy, elimination, depth).select(budget);
  }
}
