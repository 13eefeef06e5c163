package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order in which channel groups are missed least: removes them one by one over the whole
 * network, always the one whose loss harms the layers that read it least for what it saves, until
 * each family has one left. Harm is what the remaining channels cannot make up for ({@link
 * FeatureMapHarm}).
 */
final class Elimination {
  /** How often on the way savings are measured anew. */
  private static final int MEASUREMENTS = 100;

  private final Anatomy anatomy;
  private final List<List<Part>> partsOf = new ArrayList<>();
  private final BitSet kept = new BitSet();
  private final int[] familySize;
  private final double[] harm;
  private final double[] rank;
  private final List<List<Integer>> order = new ArrayList<>();

  private final BitSet unused;

  /** Harm of each group that is left, and whether it has to be found anew. */
  private final double[] current;

  private final BitSet outdated = new BitSet();

  /** The channels that a group has in one feature map. */
  private record Part(FeatureMapHarm map, int[] channels) {}

  /**
   * @param maps the feature maps; taken over
   * @param unused the groups that may go although no map judges them; any other that none judges is
   *     kept as long as anything else can go
   */
  Elimination(Anatomy anatomy, List<FeatureMapHarm> maps, BitSet unused) {
    this.anatomy = anatomy;
    this.unused = unused;
    int groups = anatomy.groups().groups().size();
    kept.set(0, groups);
    harm = new double[groups];
    current = new double[groups];
    outdated.set(0, groups);
    rank = new double[groups];
    Arrays.fill(rank, groups);
    familySize = new int[anatomy.groups().families()];
    for (int family = 0; family < familySize.length; family++) {
      order.add(new ArrayList<>());
    }
    for (ChannelGroup group : anatomy.groups().groups()) {
      partsOf.add(new ArrayList<>());
      familySize[group.family()]++;
    }
    maps.forEach(this::addParts);
    run();
    partsOf.clear(); // the matrices are the most of it, and whoever keeps this needs them no more
  }

  private void addParts(FeatureMapHarm map) {
    Map<Integer, List<Integer>> channels = new TreeMap<>();
    for (int k = 0; k < map.groups().length; k++) {
      if (map.groups()[k] != Channels.FIXED) {
        channels.computeIfAbsent(map.groups()[k], group -> new ArrayList<>()).add(k);
      }
    }
    channels.forEach(
        (group, indices) ->
            partsOf
                .get(group)
                .add(new Part(map, indices.stream().mapToInt(Integer::intValue).toArray())));
  }

  /** The groups of a family in the order of their removal, all but the last. */
  List<Integer> order(int family) {
    return order.get(family);
  }

  /**
   * Squared error that the loss of {@code group} added when its turn came, in the unit of the
   * {@link ErrorWeights}; infinite if nothing could judge it.
   */
  double harm(int group) {
    return harm[group];
  }

  /** Per group when its turn came: the higher, the more it is missed. */
  double[] rank() {
    return rank.clone();
  }

  private void run() {
    int stride = Math.max(1, kept.cardinality() / MEASUREMENTS);
    double[] savings = new double[0];
    for (int removed = 0; ; removed++) {
      if (removed % stride == 0) {
        Selection current = Selection.of(anatomy.groups(), kept);
        savings = Savings.of(anatomy, current, Budget.Measure.MACS);
      }
      int next = cheapest(savings);
      if (next < 0) {
        return;
      }
      int family = anatomy.groups().groups().get(next).family();
      rank[next] = removed;
      harm[next] = currentHarm(next);
      order.get(family).add(next);
      familySize[family]--;
      kept.clear(next);
      for (Part part : partsOf.get(next)) {
        part.map().remove(part.channels());
        Arrays.stream(part.map().groups())
            .filter(group -> group != Channels.FIXED)
            .forEach(outdated::set);
      }
    }
  }

  private int cheapest(double[] savings) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int group = kept.nextSetBit(0); group >= 0; group = kept.nextSetBit(group + 1)) {
      if (familySize[anatomy.groups().groups().get(group).family()] > 1) {
        double ratio = currentHarm(group) / Math.max(savings[group], 1e-30);
        if (best < 0 || ratio < least) {
          least = ratio;
          best = group;
        }
      }
    }
    return best;
  }

  private double currentHarm(int group) {
    if (outdated.get(group)) {
      outdated.clear(group);
      List<Part> parts = partsOf.get(group);
      current[group] =
          parts.isEmpty() && !unused.get(group)
              ? Double.POSITIVE_INFINITY
              : parts.stream().mapToDouble(part -> part.map().harm(part.channels())).sum();
    }
    return current[group];
  }
}
