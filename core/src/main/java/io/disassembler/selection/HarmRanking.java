package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Cost;
import io.disassembler.profile.Profile;
import java.util.BitSet;

/**
 * Selections by predicted harm ({@link HarmAllocation}).
 *
 * @param inOneUnit whether harms of different layers can be compared
 * @param principal families whose channels lie along principal axes
 * @param full of what budgets are shares
 */
public record HarmRanking(
    Anatomy anatomy, Elimination elimination, boolean inOneUnit, BitSet principal, Cost full)
    implements Ranking {
  /** How much more than predicted the errors of few channels count, see {@link HarmAllocation}. */
  private static final double DEPTH = 4;

  /**
   * @param profile of the network
   * @param weights how much errors of its layers count
   * @param full of what budgets are shares: the cost of the network, or of one that it stands for
   */
  public static HarmRanking of(Anatomy anatomy, Profile profile, ErrorWeights weights, Cost full) {
    return new HarmRanking(
        anatomy,
        elimination(anatomy, profile, weights),
        weights.inOneUnit(),
        principal(anatomy, profile),
        full);
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
    return new HarmAllocation(anatomy, elimination, inOneUnit ? DEPTH : 0, principal, full)
        .select(budget);
  }

  /** The same order for a network with the same channel groups, whose layers cost other amounts. */
  public HarmRanking on(Anatomy other) {
    return new HarmRanking(other, elimination, inOneUnit, principal, full);
  }

  /**
   * What the loss of all that {@code selection} does not keep is predicted to cost, harms of
   * families added up: nats of the decisions' likelihood per image where harms are in one unit.
   *
   * @param selection one of this ranking's
   */
  public double harm(Selection selection) {
    double harm = 0;
    for (int family = 0; family < anatomy.groups().families(); family++) {
      for (int group : elimination.order(family)) {
        harm += selection.keeps(group) ? 0 : elimination.harm(group);
      }
    }
    return harm;
  }
}
