package io.disassembler.figures;

import io.disassembler.profile.Profile;
import io.disassembler.selection.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which kernels of a feature map several categories rely on, by the thresholds of the cooperation
 * of both attributions.
 *
 * @param categories numbers of the categories that images show, ascending
 * @param kernels per category how many it relies on
 * @param combinations every set of categories that is the exact set of those that rely on some
 *     kernel, most kernels first
 * @param unused kernels that no category relies on
 */
record SharedKernels(
    List<Integer> categories, List<Integer> kernels, List<Combination> combinations, int unused) {

  /**
   * Kernels that exactly these categories rely on.
   *
   * @param categories places in {@link #categories()}, ascending
   * @param kernels how many
   */
  record Combination(List<Integer> categories, int kernels) {}

  static SharedKernels of(Profile profile, String featureMap, Thresholds thresholds) {
    List<Integer> categories = new ArrayList<>();
    List<boolean[]> relevant = new ArrayList<>();
    for (int c = 0; c < profile.header().categories().size(); c++) {
      if (profile.category(c).images() > 0) {
        categories.add(c);
        relevant.add(thresholds.relevant(profile.category(c), featureMap));
      }
    }
    int[] kernels = new int[categories.size()];
    Map<String, TreeSet<Integer>> members = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    int unused = 0;
    for (int k = 0; k < profile.channels(featureMap); k++) {
      TreeSet<Integer> users = new TreeSet<>();
      for (int c = 0; c < kernels.length; c++) {
        if (relevant.get(c)[k]) {
          users.add(c);
          kernels[c]++;
        }
      }
      if (users.isEmpty()) {
        unused++;
      } else {
        members.put(users.toString(), users);
        counts.merge(users.toString(), 1, Integer::sum);
      }
    }
    List<Combination> combinations =
        members.entrySet().stream()
            .map(
                e -> new Combination(List.copyOf(e.getValue()), counts.getOrDefault(e.getKey(), 0)))
            .sorted(
                Comparator.comparingInt((Combination c) -> -c.kernels())
                    .thenComparingInt(c -> c.categories().size())
                    .thenComparing(c -> c.categories().toString()))
            .toList();
    return new SharedKernels(
        categories, java.util.Arrays.stream(kernels).boxed().toList(), combinations, unused);
  }
}
