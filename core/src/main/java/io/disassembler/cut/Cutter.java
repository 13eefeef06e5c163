package io.disassembler.cut;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the channel groups that a selection does not keep out of a network. Its output then equals
 * the full network's with the removed channels set to zero wherever they are read.
 */
public final class Cutter {
  private static final String CUT = "/cut";

  private final Anatomy anatomy;
  private final Selection selection;
  private final Map<String, Weight> weights = new HashMap<>();
  private final Map<String, String> stored = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final CutIntegers integers;

  private Cutter(Anatomy anatomy, Selection selection) {
    this.anatomy = anatomy;
    this.selection = selection;
    integers = new CutIntegers(anatomy, selection, weights);
  }

  /**
   * The smaller network.
   *
   * @param selection the groups to keep
   */
  public static Network cut(Anatomy anatomy, Selection selection) {
    return new Cutter(anatomy, selection).cut();
  }

  private Network cut() {
    Network network = anatomy.network();
    weights.putAll(network.weights());
    EntryRewriting entries =
        new EntryRewriting(anatomy.program(), anatomy.probe(), integers, this::store, this::emit);
    for (int step = 0; step < anatomy.steps(); step++) {
      Node sliced = sliced(step, anatomy.step(step).node());
      StepCut cut = new StepCut(anatomy, selection, step, sliced, this::store, entries, this::emit);
      emit(anatomy.step(step).operator().cut(cut), step);
    }
    List<Weight> ordered = new ArrayList<>();
    network.weights().keySet().forEach(name -> ordered.add(weights.remove(name)));
    weights.keySet().stream().sorted().forEach(name -> ordered.add(weights.get(name)));
    return withOldNames(
        Reachable.only(
            network.toBuilder()
                .weights(ordered)
                .nodes(nodes)
                .annotations(network.annotations().values().stream().map(this::annotate).toList())
                .build()));
  }

  /** Adds a node that came from {@code step}. */
  private void emit(Node node, int step) {
    nodes.add(node);
    integers.note(step, node);
  }

  /** Lets a cut weight have the name of the weight that it replaces. */
  private static Network withOldNames(Network network) {
    Map<String, String> names = new HashMap<>();
    for (String name : network.weights().keySet()) {
      String old = name.endsWith(CUT) ? name.substring(0, name.length() - CUT.length()) : name;
      boolean free = !network.weights().containsKey(old) && network.producer(old).isEmpty();
      names.put(name, free ? old : name);
    }
    return network.toBuilder()
        .weights(
            network.weights().values().stream()
                .map(w -> w.withName(names.getOrDefault(w.name(), w.name())))
                .toList())
        .nodes(
            network.nodes().stream()
                .map(
                    node ->
                        node.withInputs(
                            node.inputs().stream()
                                .map(input -> names.getOrDefault(input, input))
                                .toList()))
                .toList())
        .build();
  }

  /** The node reading weights that are sliced as its channels are. */
  private Node sliced(int step, Node node) {
    Node result = node;
    for (int input = 0; input < node.inputs().size(); input++) {
      Weight weight = anatomy.network().weights().get(node.input(input));
      if (weight != null) {
        StringBuilder key = new StringBuilder(weight.name());
        for (Channels channels : anatomy.groups().slices(step, input)) {
          int[] kept = selection.kept(channels);
          if (kept.length < channels.groups().length) {
            weight = weight.select(channels.axis(), kept);
            key.append('/').append(channels.axis()).append(Arrays.toString(kept));
          }
        }
        if (!key.toString().equals(weight.name())) {
          result = result.withInput(input, store(key.toString(), weight));
        }
      }
    }
    return result;
  }

  private String store(Weight weight) {
    byte[] bytes = new byte[Math.toIntExact(weight.bytes())];
    weight.data().get(bytes);
    return store(weight + Arrays.toString(bytes), weight);
  }

  /** Keeps one copy of weights with the same key, under a name that no other value has. */
  private String store(String key, Weight weight) {
    return stored.computeIfAbsent(
        key,
        k -> {
          String name = weight.name() + CUT;
          for (int i = 2; weights.containsKey(name); i++) {
            name = weight.name() + CUT + i;
          }
          weights.put(name, weight.withName(name));
          return name;
        });
  }

  private Value annotate(Value value) {
    Channels channels = anatomy.groups().values().get(value.name());
    List<Dimension> dimensions = new ArrayList<>(value.dimensions().orElse(List.of()));
    // Some files say of values in between that they have no axes.
    if (channels == null || channels.axis() >= dimensions.size()) {
      return value;
    }
    dimensions.set(channels.axis(), new Dimension.Fixed(selection.kept(channels).length));
    return value.withDimensions(dimensions);
  }
}
