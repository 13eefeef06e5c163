package io.disassembler.extraction;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Resize, or Upsample, by which a network brings its scores to the image's size in the end.
 *
 * @param resize makes the output of scores; nothing else reads these but for their shape
 */
record Enlargement(Node resize) {
  /** Cubic interpolation overshoots. */
  private static final Set<String> MODES = Set.of("linear", "nearest");

  private static final int SIZES = 3;

  /**
   * The one that {@code network} ends in, if it tells how the number of channels changes with the
   * scores'.
   *
   * @param categories number of channels of the output
   */
  static Optional<Enlargement> of(Network network, int categories) {
    String output = network.outputs().get(0).name();
    return network
        .producer(output)
        .filter(node -> node.operator().equals("Resize") || node.operator().equals("Upsample"))
        .filter(node -> node.domain().isEmpty() && isSmooth(node))
        .map(Enlargement::new)
        .filter(found -> found.isAlone(network) && found.adapts(network, categories));
  }

  private static boolean isSmooth(Node node) {
    return node.attributes().get("mode") instanceof Attribute.Text mode
        ? MODES.contains(mode.value())
        : !node.attributes().containsKey("mode");
  }

  /** What it enlarges. */
  String scores() {
    return resize.input(0);
  }

  private boolean isAlone(Network network) {
    return network.producer(scores()).isPresent()
        && !network.isOutput(scores())
        && network.consumers(scores()).stream()
            .allMatch(node -> node.equals(resize) || node.operator().equals("Shape"))
        && network.consumers(resize.outputs().get(0)).isEmpty();
  }

  /** Sizes that are computed follow the scores' shape, which is to be seen by trying. */
  private boolean adapts(Network network, int categories) {
    Weight sizes = network.weights().get(resize.input(SIZES));
    if (sizes == null) {
      return true;
    }
    long[] extents = sizes.longs();
    return resize.attributes().containsKey("axes")
        ? extents.length == 2
        : extents.length > 1 && extents[1] == categories;
  }

  /** The node for scores of other channels. */
  Node ofChannels(int channels, Network network, Network.Builder builder) {
    Weight sizes = network.weights().get(resize.input(SIZES));
    if (sizes == null || resize.attributes().containsKey("axes")) {
      return resize;
    }
    long[] extents = sizes.longs();
    extents[1] = channels;
    boolean isOwn = network.consumers(sizes.name()).equals(List.of(resize));
    String name = isOwn ? sizes.name() : new Names(network).fresh(sizes.name() + "/reduced");
    Weight changed = Weight.ofLongs(name, extents);
    builder.weight(changed);
    return resize.withInput(SIZES, changed.name());
  }
}
