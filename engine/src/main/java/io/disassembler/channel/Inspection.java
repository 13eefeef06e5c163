package io.disassembler.channel;

import io.disassembler.base.Stable;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What there is to know about a network before cutting it.
 *
 * @param layers the layers with kernels, in order of execution
 * @param parameters stored floating-point elements
 * @param macs multiply-accumulates of one run
 * @param cuttableMacs of those, in layers that have kernels or input channels that can be removed,
 *     and in products of computed values that have such channels
 * @param missing MACs of all others, by what stands in the way there, the most first
 * @param pins what is never removed, by reason: the values concerned
 */
@Stable
public record Inspection(
    List<Layer> layers,
    long parameters,
    long macs,
    long cuttableMacs,
    Map<String, Long> missing,
    Map<String, List<String>> pins) {

  public Inspection {
    layers = List.copyOf(layers);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
    pins = Collections.unmodifiableMap(new LinkedHashMap<>(pins));
  }

  /** Looks into {@code anatomy}. */
  public static Inspection of(Anatomy anatomy) {
    List<Layer> layers = layers(anatomy);
    long macs = IntStream.range(0, anatomy.steps()).mapToLong(step -> macs(anatomy, step)).sum();
    Map<String, Long> missing = missing(anatomy);
    return new Inspection(
        layers,
        anatomy.network().parameters(),
        macs,
        macs - missing.values().stream().mapToLong(Long::longValue).sum(),
        missing,
        pins(anatomy.groups()));
  }

  /** MACs of nodes of which none go with channels that can be removed, by the reason for that. */
  private static Map<String, Long> missing(Anatomy anatomy) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.node(step);
      long macs = macs(anatomy, step);
      if (macs > 0 && !isCuttable(anatomy, node)) {
        found.merge(Obstacle.of(anatomy, node), macs, Long::sum);
      }
    }
    Map<String, Long> sorted = new LinkedHashMap<>();
    found.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static boolean isCuttable(Anatomy anatomy, Node node) {
    return Stream.of(node.inputs(), node.outputs())
        .flatMap(List::stream)
        .anyMatch(value -> removable(anatomy, value) > 0);
  }

  private static int removable(Anatomy anatomy, String value) {
    return anatomy.groups().channels(value).map(Channels::removable).orElse(0);
  }

  /** Share of the MACs that can be cut into, in [0, 1]. */
  public double cuttableShare() {
    return macs == 0 ? 0 : (double) cuttableMacs / macs;
  }

  /** What a value is made of: layers, with no other layer in between, and network inputs. */
  private record Sources(NavigableSet<Integer> layers, boolean image) {}

  private static List<Layer> layers(Anatomy anatomy) {
    Map<String, Sources> sources = new HashMap<>();
    for (Value input : anatomy.network().inputs()) {
      sources.put(input.name(), new Sources(Collections.emptyNavigableSet(), true));
    }
    List<Integer> steps =
        IntStream.range(0, anatomy.steps())
            .filter(step -> anatomy.kernels(step).isPresent())
            .boxed()
            .toList();
    List<int[]> groups = groupsOfKernels(anatomy, steps);
    List<NavigableSet<Integer>> tied = tied(anatomy.groups(), steps);
    List<Layer> layers = new ArrayList<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.node(step);
      Sources read = read(node, sources);
      Optional<Kernels> kernels = anatomy.kernels(step);
      if (kernels.isPresent()) {
        int index = layers.size();
        layers.add(
            new Layer(
                index,
                node.outputs().get(0),
                node.label(),
                node.operator(),
                node.input(kernels.get().weight()),
                anatomy.probe().shape(node.input(kernels.get().weight())),
                new Cost(parameters(anatomy, step), macs(anatomy, step)),
                input(anatomy, node.input(kernels.get().input()), read),
                output(anatomy, node.outputs().get(0), groups.get(index)),
                List.copyOf(tied.get(index))));
        read = new Sources(new TreeSet<>(List.of(index)), false);
      }
      for (String output : node.outputs()) {
        sources.put(output, read);
      }
    }
    return layers;
  }

  private static Sources read(Node node, Map<String, Sources> sources) {
    NavigableSet<Integer> layers = new TreeSet<>();
    boolean image = false;
    for (String input : node.inputs()) {
      Sources of = sources.get(input);
      if (of != null) {
        layers.addAll(of.layers());
        image |= of.image();
      }
    }
    return new Sources(layers, image);
  }

  private static Layer.Input input(Anatomy anatomy, String value, Sources read) {
    return new Layer.Input(removable(anatomy, value), List.copyOf(read.layers()), read.image());
  }

  private static Layer.Output output(Anatomy anatomy, String value, int[] groups) {
    Optional<String> pinned =
        IntStream.of(groups).allMatch(group -> group == Channels.FIXED)
            ? Optional.of(
                anatomy.groups().pins().getOrDefault(value, "the network's outputs depend on it"))
            : Optional.empty();
    return new Layer.Output(value, anatomy.probe().shape(value), groups, pinned);
  }

  private static long parameters(Anatomy anatomy, int step) {
    return IntStream.range(0, anatomy.node(step).inputs().size())
        .mapToObj(input -> anatomy.weight(step, input))
        .flatMap(Optional::stream)
        .map(Weight::shape)
        .mapToLong(Shape::elements)
        .sum();
  }

  private static long macs(Anatomy anatomy, int step) {
    return anatomy.step(step).operator().macs(anatomy.shapes(step));
  }

  /** For each of {@code steps} the channel group of each of its kernels. */
  private static List<int[]> groupsOfKernels(Anatomy anatomy, List<Integer> steps) {
    List<int[]> groups = new ArrayList<>();
    for (int step : steps) {
      Kernels kernels = anatomy.kernels(step).orElseThrow();
      Shape weight = anatomy.probe().shape(anatomy.node(step).input(kernels.weight()));
      int[] none = new int[kernels.count(weight)];
      Arrays.fill(none, Channels.FIXED);
      groups.add(none);
    }
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        int layer = Collections.binarySearch(steps, kernel.step());
        groups.get(layer)[kernel.index()] = group.id();
      }
    }
    return groups;
  }

  /** For each of {@code steps} the positions of those that share channel groups with it. */
  private static List<NavigableSet<Integer>> tied(ChannelGroups groups, List<Integer> steps) {
    List<NavigableSet<Integer>> tied = new ArrayList<>();
    steps.forEach(step -> tied.add(new TreeSet<>()));
    for (ChannelGroup group : groups.groups()) {
      List<Integer> layers =
          group.kernels().stream()
              .map(kernel -> Collections.binarySearch(steps, kernel.step()))
              .distinct()
              .toList();
      for (int layer : layers) {
        layers.stream().filter(other -> other != layer).forEach(tied.get(layer)::add);
      }
    }
    return tied;
  }

  private static Map<String, List<String>> pins(ChannelGroups groups) {
    Map<String, List<String>> pins = new LinkedHashMap<>();
    groups
        .pins()
        .forEach(
            (value, reason) -> pins.computeIfAbsent(reason, key -> new ArrayList<>()).add(value));
    return pins;
  }
}
