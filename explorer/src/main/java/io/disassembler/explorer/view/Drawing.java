package io.disassembler.explorer.view;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A network to be drawn: its layers with kernels, what flows between them, and which of them are
 * tied by channel groups. Immutable.
 *
 * @param layers in the order of execution
 */
public record Drawing(List<Layer> layers) {

  /**
   * A layer with kernels.
   *
   * @param output the value that it makes
   * @param groups the channel group of each kernel, {@link Channels#FIXED} where it is never
   *     removed
   * @param height of its output in pixels; 1 if that is no map
   * @param width of its output in pixels; 1 if that is no map
   * @param from layers whose output it reads, with no other layer in between
   * @param readsImage whether it reads the network's input
   * @param tied other layers with kernels that live and die with some of this one's
   * @param pinned why its kernels are never removed, where they are not
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
  public record Layer(
      int index,
      String name,
      String operator,
      String output,
      int[] groups,
      int height,
      int width,
      Shape weight,
      long parameters,
      long macs,
      List<Integer> from,
      boolean readsImage,
      List<Integer> tied,
      @Nullable String pinned) {

    /** The kernels that {@code selection} keeps, as ranges such as {@code 0-3,7}. */
    public String kept(Selection selection) {
      BitSet kept = new BitSet();
      for (int kernel = 0; kernel < groups.length; kernel++) {
        kept.set(kernel, selection.keeps(groups[kernel]));
      }
      List<String> ranges = new ArrayList<>();
      for (int start = kept.nextSetBit(0); start >= 0; ) {
        int end = kept.nextClearBit(start);
        ranges.add(end - start == 1 ? "" + start : start + "-" + (end - 1));
        start = kept.nextSetBit(end);
      }
      return String.join(",", ranges);
    }
  }

  public static Drawing of(Anatomy anatomy) {
    Map<String, TreeSet<Integer>> sources = new HashMap<>();
    for (Value input : anatomy.network().inputs()) {
      sources.put(input.name(), new TreeSet<>(List.of(-1)));
    }
    List<Layer> layers = new ArrayList<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.step(step).node();
      TreeSet<Integer> from = new TreeSet<>();
      node.inputs().forEach(input -> from.addAll(sources.getOrDefault(input, new TreeSet<>())));
      Kernels kernels = anatomy.step(step).operator().kernels(anatomy.shapes(step));
      if (kernels != null) {
        layers.add(layer(anatomy, step, layers.size(), kernels, from));
        from.clear();
        from.add(layers.size() - 1);
      }
      node.outputs().forEach(output -> sources.put(output, from));
    }
    return new Drawing(tied(layers));
  }

  private static Layer layer(
      Anatomy anatomy, int step, int index, Kernels kernels, TreeSet<Integer> from) {
    Node node = anatomy.step(step).node();
    String output = node.outputs().get(0);
    Shape shape = anatomy.probe().shape(output);
    ChannelGroups groups = anatomy.groups();
    Channels channels = groups.values().get(output);
    boolean map = shape.rank() == 4;
    int[] ofKernel;
    if (channels != null) {
      ofKernel = channels.groups();
    } else {
      ofKernel = new int[Math.toIntExact(shape.dimension(Math.min(1, shape.rank() - 1)))];
      Arrays.fill(ofKernel, Channels.FIXED);
    }
    long parameters = 0;
    for (int input = 0; input < node.inputs().size(); input++) {
      parameters += anatomy.weight(step, input).map(Weight::shape).map(Shape::elements).orElse(0L);
    }
    boolean fixed = IntStream.of(ofKernel).allMatch(group -> group == Channels.FIXED);
    return new Layer(
        index,
        node.label(),
        node.operator(),
        output,
        ofKernel,
        map ? Math.toIntExact(shape.dimension(2)) : 1,
        map ? Math.toIntExact(shape.dimension(3)) : 1,
        anatomy.probe().shape(node.input(kernels.weight())),
        parameters,
        anatomy.step(step).operator().macs(anatomy.shapes(step)),
        from.stream().filter(layer -> layer >= 0).toList(),
        from.contains(-1),
        List.of(),
        fixed ? groups.pins().getOrDefault(output, "the network's outputs depend on it") : null);
  }

  private static List<Layer> tied(List<Layer> layers) {
    Map<Integer, TreeSet<Integer>> layersOf = new TreeMap<>();
    for (Layer layer : layers) {
      for (int group : layer.groups()) {
        if (group != Channels.FIXED) {
          layersOf.computeIfAbsent(group, key -> new TreeSet<>()).add(layer.index());
        }
      }
    }
    return layers.stream().map(layer -> tied(layer, layersOf)).toList();
  }

  private static Layer tied(Layer layer, Map<Integer, TreeSet<Integer>> layersOf) {
    TreeSet<Integer> others = new TreeSet<>();
    for (int group : layer.groups()) {
      others.addAll(layersOf.getOrDefault(group, new TreeSet<>()));
    }
    others.remove(layer.index());
    return new Layer(
        layer.index(),
        layer.name(),
        layer.operator(),
        layer.output(),
        layer.groups(),
        layer.height(),
        layer.width(),
        layer.weight(),
        layer.parameters(),
        layer.macs(),
        layer.from(),
        layer.readsImage(),
        List.copyOf(others),
        layer.pinned());
  }
}
