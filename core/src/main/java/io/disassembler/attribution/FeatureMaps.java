package io.disassembler.attribution;

import io.disassembler.channel.Anatomy;
import io.disassembler.operator.Kernels;
import io.disassembler.profile.FeatureMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the feature maps of a network: the values that its weighted layers read. The input image is
 * none of them.
 */
public final class FeatureMaps {
  private FeatureMaps() {}

  /**
   * The feature maps on which the logits depend, each once, in the order in which the network reads
   * them.
   */
  public static List<FeatureMap> of(Anatomy anatomy, Logits logits) {
    boolean[] needed = anatomy.program().needed(logits.source());
    Set<String> images = new HashSet<>();
    anatomy.network().inputs().forEach(input -> images.add(input.name()));
    Map<String, FeatureMap> found = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      if (anatomy.node(step).operator().equals("FakeQuantize")
          && images.contains(anatomy.node(step).input(0))) {
        images.addAll(anatomy.node(step).outputs());
      }
      if (!needed[step] || anatomy.kernels(step).isEmpty()) {
        continue;
      }
      Kernels kernels = anatomy.kernels(step).get();
      String value = anatomy.node(step).input(kernels.input());
      if (!images.contains(value) && !anatomy.network().weights().containsKey(value)) {
        long channels = anatomy.probe().shape(value).dimension(kernels.inputAxis());
        found.putIfAbsent(
            value, new FeatureMap(value, kernels.inputAxis(), Math.toIntExact(channels)));
      }
    }
    return List.copyOf(found.values());
  }
}
