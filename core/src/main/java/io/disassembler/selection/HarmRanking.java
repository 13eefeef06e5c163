package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.profile.Profile;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Selections by predicted harm ({@link HarmAllocation}).
 *
 * @param inOneUnit whether harms of different layers can be compared
 * @param principal families whose channels lie along principal axes
 */
public record HarmRanking(
    Anatomy anatomy, Elimination elimination, boolean inOneUnit, BitSet principal)
    implements Ranking {
  /**
   * How much more than predicted the errors of few channels count, see {@link HarmAllocation}:
   * which is right differs from network to network and from budget to budget (docs/quality.md), so
   * that where images are followed both are tried.
   */
  private static final double[] DEPTHS = {4, 2};

  /**
   * @param profile of the network
   * @param weights how much errors of its layers count
   */
  public static Ranking of(Anatomy anatomy, Profile profile, ErrorWeights weights) {
    return new HarmRanking(
        anatomy,
        elimination(anatomy, profile, weights),
        weights.inOneUnit(),
        principal(anatomy, profile));
  }

  static Elimination elimination(Anatomy anatomy, Profile profile, ErrorWeights weights) {
    HarmPreparation preparation = new HarmPreparation(anatomy, profile, weights);
    return new Elimination(anatomy, preparation.all(), preparation.unused());
  }

  private static BitSet principal(Anatomy anatomy, Profile profile) {
    BitSet principal = new BitSet();
    for (String map : profile.featureMaps()) {
      if (profile.featureMap(map).principal()) {
        for (int group : anatomy.groups().channels(map).map(Channels::groups).orElse(new int[0])) {
          if (group != Channels.FIXED) {
            principal.set(anatomy.groups().groups().get(group).family());
          }
        }
      }
    }
    return principal;
  }

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
    return new HarmAllocation(anatomy, elimination, depth, principal).select(budget);
  }
}
