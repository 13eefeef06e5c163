package io.disassembler.engine;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Channel shuffles (Zhang, Zhou, Lin, Sun, "ShuffleNet", CVPR 2018) as the one permutation that
 * they are. Exporters write them as the view that PyTorch's code takes, in which channels lie along
 * two axes, so that whole rows or columns of them could only go together; and where a residual path
 * is shuffled again and again, all.
 *
 * <pre>
 *   y = Reshape(Transpose(Reshape(x, N x g x C / g x ...), 0 2 1 ...), shape of x)
 *   y = Gather(x, [0, C / g, 2 C / g, ..., 1, C / g + 1, ...], axis = 1)
 * </pre>
 */
public final class ChannelShuffles {
  private final Network network;
  private final Probe probe;

  private ChannelShuffles(Network network, Probe probe) {
    this.network = network;
    this.probe = probe;
  }

  /**
   * {@code network} with a Gather for each channel shuffle whose groups the file fixes.
   *
   * @param network with constants folded
   * @param probe what a run of it showed; weights included
   */
  public static Network gathered(Network network, Probe probe) {
    if (network.nodes().stream().noneMatch(node -> node.operator().equals("Transpose"))) {
      return network;
    }
    ChannelShuffles shuffles = new ChannelShuffles(network, probe);
    Network.Builder builder = network.toBuilder();
    List<Node> nodes = new ArrayList<>();
    boolean found = false;
    for (Node node : network.nodes()) {
      Optional<Node> view = shuffles.view(node);
      if (view.isPresent()) {
        Weight order = shuffles.order(node, view.get());
        builder.weight(order);
        nodes.add(
            Node.of(
                node.label(),
                "Gather",
                List.of(view.get().input(0), order.name()),
                node.outputs(),
                Map.of("axis", new Attribute.Int(1))));
        found = true;
      } else {
        nodes.add(node);
      }
    }
    return found ? Reachable.only(builder.nodes(nodes).build()) : network;
  }

  /** The node that begins the shuffle that {@code reshape} ends. */
  private Optional<Node> view(Node reshape) {
    if (!reshape.operator().equals("Reshape")) {
      return Optional.empty();
    }
    return maker(reshape.input(0), "Transpose")
        .filter(this::swapsAxes)
        .flatMap(transpose -> maker(transpose.input(0), "Reshape"))
        .filter(view -> network.weight(view.input(1)).isPresent())
        .filter(view -> isOfGroups(probe.shape(view.input(0)), grouped(view)))
        .filter(view -> probe.shape(view.input(0)).equals(probe.shape(reshape.outputs().get(0))));
  }

  private Optional<Node> maker(String value, String operator) {
    return network.producer(value).filter(node -> node.operator().equals(operator));
  }

  private Shape grouped(Node view) {
    return probe.shape(view.outputs().get(0));
  }

  /** Whether axes 1 and 2 change places, and no others. */
  private boolean swapsAxes(Node transpose) {
    int rank = probe.shape(transpose.input(0)).rank();
    return rank > 2
        && transpose.attributes().get("perm") instanceof Attribute.Ints order
        && order
            .values()
            .equals(
                IntStream.range(0, rank)
                    .mapToObj(axis -> (long) (axis == 1 ? 2 : axis == 2 ? 1 : axis))
                    .toList());
  }

  /** Whether the second axis alone has become two. */
  private static boolean isOfGroups(Shape plain, Shape grouped) {
    return plain.rank() > 1
        && plain.dimension(0) == grouped.dimension(0)
        && plain.dimension(1) == grouped.dimension(1) * grouped.dimension(2)
        && LongStream.of(grouped.dimensions()).skip(1).allMatch(extent -> extent > 0);
  }

  /** Where each channel comes from. */
  private Weight order(Node reshape, Node view) {
    int groups = Math.toIntExact(grouped(view).dimension(1));
    int each = Math.toIntExact(grouped(view).dimension(2));
    long[] from = new long[groups * each];
    for (int channel = 0; channel < from.length; channel++) {
      from[channel] = (long) channel % groups * each + channel / groups;
    }
    return Weight.ofLongs(free(reshape.outputs().get(0) + ".shuffle"), from);
  }

  /** A name that nothing has. */
  private String free(String name) {
    return network.weights().containsKey(name) || network.producer(name).isPresent()
        ? free(name + "_")
        : name;
  }
}
