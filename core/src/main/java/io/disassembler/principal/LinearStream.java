package io.disassembler.principal;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values with the same C channels that some layers make and some read, all ungrouped or all in as
 * many groups, with nothing in between but sums and what {@linkplain
 * io.disassembler.operator.Operator#commutesWithMixing does the same to every channel}: the
 * residual stream of inverted bottlenecks, say.
 *
 * @param values their names, in the order in which they are made
 * @param writers the layers that make them, by node
 * @param readers the layers that read them, by node
 * @param blocks in how many groups these layers are; channels of each may be mixed
 */
record LinearStream(List<String> values, List<Integer> writers, List<Integer> readers, int blocks) {

  /** Every such stream of a network all of whose channels can be removed. */
  static List<LinearStream> of(Anatomy anatomy) {
    Map<String, String> parents = new HashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      for (String input : handedOn(anatomy, step)) {
        parents.put(root(parents, input), root(parents, anatomy.node(step).outputs().get(0)));
      }
    }
    Map<String, List<String>> classes = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      String value = anatomy.node(step).outputs().get(0);
      classes.computeIfAbsent(root(parents, value), root -> new ArrayList<>()).add(value);
    }
    return classes.values().stream().flatMap(values -> of(anatomy, values).stream()).toList();
  }

  private static String root(Map<String, String> parents, String value) {
    String at = value;
    for (String parent = parents.get(at);
        parent != null && !parent.equals(at);
        parent = parents.get(at)) {
      at = parent;
    }
    return at;
  }

  /** The inputs of a node whose channels are those of its output, mixed or not; often none. */
  private static List<String> handedOn(Anatomy anatomy, int step) {
    Node node = anatomy.node(step);
    if (anatomy.step(step).operator().commutesWithMixing()) {
      return List.of(node.input(0));
    }
    boolean sum =
        node.operator().equals("Add")
            && node.inputs().stream()
                .allMatch(
                    input ->
                        anatomy.network().weight(input).isEmpty()
                            && anatomy
                                .probe()
                                .shape(input)
                                .equals(anatomy.probe().shape(node.outputs().get(0))));
    return sum ? node.inputs() : List.of();
  }

  private static Optional<LinearStream> of(Anatomy anatomy, List<String> values) {
    List<Integer> writers = new ArrayList<>();
    List<Integer> readers = new ArrayList<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.node(step);
      List<String> handedOn = handedOn(anatomy, step);
      if (values.contains(node.outputs().get(0))) {
        if (handedOn.isEmpty()) {
          if (!isOwnLayer(anatomy, step)) {
            return Optional.empty();
          }
          writers.add(step);
        } else if (!values.containsAll(handedOn) || node.outputs().size() > 1) {
          return Optional.empty();
        }
      }
      if (node.inputs().stream().anyMatch(values::contains) && handedOn.isEmpty()) {
        if (!isOwnLayer(anatomy, step) || readsTwice(anatomy, step, values)) {
          return Optional.empty();
        }
        readers.add(step);
      }
    }
    if (writers.isEmpty() || readers.isEmpty()) {
      return Optional.empty();
    }
    int blocks = anatomy.kernels(writers.get(0)).orElseThrow().group();
    return Stream.concat(writers.stream(), readers.stream())
                .allMatch(step -> anatomy.kernels(step).orElseThrow().group() == blocks)
            && areFree(anatomy, values, blocks)
        ? Optional.of(new LinearStream(List.copyOf(values), writers, readers, blocks))
        : Optional.empty();
  }

  private static boolean readsTwice(Anatomy anatomy, int step, List<String> values) {
    Node node = anatomy.node(step);
    int input = anatomy.kernels(step).orElseThrow().input();
    return !values.contains(node.input(input))
        || node.inputs().stream().filter(values::contains).count() > 1;
  }

  /**
   * Whether each channel of a block can be removed without any other of it, and is the same in all
   * values.
   */
  private static boolean areFree(Anatomy anatomy, List<String> values, int blocks) {
    int[] groups = null;
    for (String value : values) {
      Channels channels = anatomy.groups().channels(value).orElse(null);
      if (channels == null
          || anatomy.network().isOutput(value)
          || (groups != null && !Arrays.equals(groups, channels.groups()))) {
        return false;
      }
      groups = channels.groups();
    }
    if (groups == null || groups.length % blocks > 0) {
      return false;
    }
    int[] one = Arrays.copyOf(groups, groups.length / blocks);
    int[] all = groups;
    return Arrays.stream(one).allMatch(group -> group != Channels.FIXED)
        && Arrays.stream(one).distinct().count() == one.length
        && IntStream.range(0, all.length).allMatch(k -> all[k] == one[k % one.length]);
  }

  /**
   * Whether a node is a layer with weights of its own, so that they can be changed, that mixes
   * channels.
   */
  static boolean isOwnLayer(Anatomy anatomy, int step) {
    Optional<Kernels> kernels = anatomy.kernels(step);
    return kernels.isPresent()
        && mixes(anatomy, step, kernels.get())
        && anatomy.node(step).outputs().size() == 1
        && isOwn(anatomy, step, kernels.get().weight())
        && (kernels.get().bias().isEmpty()
            || anatomy.node(step).input(kernels.get().bias().getAsInt()).isEmpty()
            || isBias(anatomy, step, kernels.get()));
  }

  private static boolean mixes(Anatomy anatomy, int step, Kernels kernels) {
    long channels = anatomy.shapes(step).input(kernels.input()).dimension(kernels.inputAxis());
    return kernels.group() == 1 || (channels > kernels.group() && !kernels.isInputFirst());
  }

  /** Whether there is one constant for each kernel, and not one for all. */
  private static boolean isBias(Anatomy anatomy, int step, Kernels kernels) {
    int operand = kernels.bias().getAsInt();
    return isOwn(anatomy, step, operand)
        && anatomy.weight(step, operand).orElseThrow().shape().elements()
            == kernels.count(anatomy.weight(step, kernels.weight()).orElseThrow().shape());
  }

  private static boolean isOwn(Anatomy anatomy, int step, int operand) {
    Optional<Weight> weight = anatomy.weight(step, operand);
    return weight.isPresent()
        && weight.get().type() == ElementType.FLOAT
        && anatomy.network().consumers(weight.get().name()).size() == 1
        && anatomy.node(step).inputs().stream().filter(weight.get().name()::equals).count() == 1;
  }
}
