package io.disassembler.selection;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The paper's cooperation of forward and backward attribution (Hu et al., IJCV 2023;
 * docs/architecture.md, "Cooperation"): a kernel is kept for a category if its forward attribution
 * is at least alpha times its layer's largest and its backward attribution at least beta; for a set
 * of categories, if it is for any.
 *
 * @param alpha share of the largest forward attribution, in [0, 1]
 * @param beta relative coefficient of backward attribution, in [0, 1]
 */
@Stable
public record Thresholds(double alpha, double beta) implements Goal {
  /** Used unless told otherwise. The value is ours; the paper's is not public. */
  public static final double DEFAULT_ALPHA = 0.2;

  /** Used unless told otherwise. The value is ours; the paper's is not public. */
  public static final double DEFAULT_BETA = 0.1;

  /**
   * @throws InvalidInputException if a threshold is not in [0, 1]
   */
  public Thresholds {
    require("alpha", alpha, Setting.ALPHA);
    require("beta", beta, Setting.BETA);
  }

  private static void require(String name, double value, Setting setting) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidInputException(
          "%s: expected a number from 0 to 1, found %s".formatted(name, value), setting);
    }
  }

  /**
   * The groups with a channel over both thresholds, in any feature map and for any category; of a
   * family with none, the one with the highest score.
   */
  @Override
  public Selection select(
      Anatomy anatomy, Evidence evidence, List<Integer> categories, ScoringRule criterion) {
    Profile profile = evidence.profile();
    profile.requireProfiled(categories);
    ChannelGroups groups = anatomy.groups();
    BitSet kept = new BitSet();
    for (String featureMap : profile.featureMaps()) {
      Channels channels = groups.values().get(featureMap);
      if (channels == null) {
        continue;
      }
      for (int category : categories) {
        boolean[] relevant = relevant(profile.category(category), featureMap);
        for (int k = 0; k < relevant.length; k++) {
          if (relevant[k] && channels.groups()[k] != Channels.FIXED) {
            kept.set(channels.groups()[k]);
          }
        }
      }
    }
    keepBestOfEmptyFamilies(groups, criterion.score(anatomy, evidence, categories), kept);
    return Selection.of(groups, kept);
  }

  @Override
  public String text() {
    return "alpha " + alpha + " beta " + beta;
  }

  /** For every channel of {@code featureMap} whether it is over both thresholds. */
  public boolean[] relevant(CategoryProfile category, String featureMap) {
    double[] forward = category.forward(featureMap);
    double[] backward = category.backward(featureMap);
    double largest = Arrays.stream(forward).max().orElse(0);
    boolean[] relevant = new boolean[forward.length];
    for (int k = 0; k < relevant.length; k++) {
      relevant[k] = largest > 0 && forward[k] >= alpha * largest && backward[k] >= beta;
    }
    return relevant;
  }

  private static void keepBestOfEmptyFamilies(ChannelGroups groups, double[] scores, BitSet kept) {
    int[] best = new int[groups.families()];
    Arrays.fill(best, -1);
    BitSet filled = new BitSet();
    for (ChannelGroup group : groups.groups()) {
      int current = best[group.family()];
      if (current < 0 || scores[group.id()] > scores[current]) {
        best[group.family()] = group.id();
      }
      if (kept.get(group.id())) {
        filled.set(group.family());
      }
    }
    for (int family = 0; family < best.length; family++) {
      if (!filled.get(family)) {
        kept.set(best[family]);
      }
    }
  }
}
