package io.disassembler.explorer.view;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.channel.Layer;
import io.disassembler.graph.Node;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Profile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where a profile knows the kernels of a layer: the value that the next weighted layers read, after
 * normalisation, activation, sums and concatenations.
 *
 * @param featureMap that value
 * @param channels its channel for each kernel
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
public record LayerMap(FeatureMap featureMap, int[] channels) {

  /** The smallest feature map that carries all kernels of {@code layer}; empty if none does. */
  public static Optional<LayerMap> of(Anatomy anatomy, Profile profile, Layer layer) {
    IdentityHashMap<Node, Integer> numbers = new IdentityHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      numbers.put(anatomy.node(step), step);
    }
    List<LayerMap> found = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(layer.output().value()));
    Queue<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String value = open.remove();
      if (profile.featureMaps().contains(value)) {
        channels(anatomy, layer, profile.featureMap(value))
            .ifPresent(channels -> found.add(new LayerMap(profile.featureMap(value), channels)));
      }
      for (Node reader : anatomy.network().consumers(value)) {
        int step = numbers.getOrDefault(reader, -1);
        if (step >= 0 && anatomy.kernels(step).isEmpty()) {
          reader.outputs().stream().filter(seen::add).forEach(open::add);
        }
      }
    }
    return found.stream().min(Comparator.comparingInt(map -> map.featureMap().channels()));
  }

  private static Optional<int[]> channels(Anatomy anatomy, Layer layer, FeatureMap featureMap) {
    int kernels = layer.output().groups().length;
    Channels known = anatomy.groups().values().get(featureMap.name());
    if (known == null) {
      return featureMap.channels() == kernels
          ? Optional.of(IntStream.range(0, kernels).toArray())
          : Optional.empty();
    }
    Map<Integer, Integer> channelOf = new HashMap<>();
    for (int channel = known.groups().length - 1; channel >= 0; channel--) {
      channelOf.put(known.groups()[channel], channel);
    }
    int[] channels = new int[kernels];
    for (int kernel = 0; kernel < kernels; kernel++) {
      int group = layer.output().groups()[kernel];
      boolean here = group != Channels.FIXED && channelOf.containsKey(group);
      channels[kernel] = here ? channelOf.get(group) : -1;
    }
    return Arrays.stream(channels).allMatch(channel -> channel >= 0)
        ? Optional.of(channels)
        : Optional.empty();
  }
}
