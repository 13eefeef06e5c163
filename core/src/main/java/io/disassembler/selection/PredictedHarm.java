package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the loss of channel groups is predicted to cost, family by family, whatever chose them: the
 * squared error that is left in the layers that read them once the channels that are kept stand in
 * for them ({@link FeatureMapHarm}), weighed by how much the decision depends on each layer.
 */
public final class PredictedHarm {
  private final Anatomy anatomy;
  private final List<FeatureMapHarm> maps;

  private PredictedHarm(Anatomy anatomy, List<FeatureMapHarm> maps) {
    this.anatomy = anatomy;
    this.maps = maps;
  }

  /**
   * @param evidence with images
   * @param chosen indices of the chosen categories
   */
  public static PredictedHarm of(Anatomy anatomy, Evidence evidence, List<Integer> chosen) {
    ErrorWeights weights = DecisionWeights.of(anatomy, evidence, chosen);
    return new PredictedHarm(
        anatomy, new HarmPreparation(anatomy, evidence.profile(), weights).all());
  }

  /**
   * Nats of the decisions' likelihood per image, for each family of channel groups; 0 for one that
   * loses nothing.
   */
  public double[] ofFamilies(Selection selection) {
    double[] harm = new double[anatomy.groups().families()];
    for (FeatureMapHarm map : maps) {
      Map<Integer, int[]> lost = new HashMap<>();
      int[] groups = map.groups();
      for (int channel = 0; channel < groups.length; channel++) {
        if (!selection.keeps(groups[channel])) {
          int family = anatomy.groups().groups().get(groups[channel]).family();
          int last = channel;
          lost.merge(
              family,
              new int[] {channel},
              (some, one) -> {
                int[] more = Arrays.copyOf(some, some.length + 1);
                more[some.length] = last;
                return more;
              });
        }
      }
      lost.forEach((family, channels) -> harm[family] += map.harm(channels));
    }
    return harm;
  }
}
