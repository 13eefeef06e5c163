package io.disassembler.channel;

import io.disassembler.base.Stable;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Operands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is to know about a network before cutting it.
 *
 * @param layers the layers with kernels, in order of execution
 * @param parameters stored floating-point elements
 * @param macs multiply-accumulates of one run
 * @param cuttableMacs of those, in layers that have kernels or input channels that can be removed
 * @param pins what is never removed, by reason: the values concerned
 */
@Stable
public record Inspection(
    List<Layer> layers,
    long parameters,
    long macs,
    long cuttableMacs,
    Map<String, List<String>> pins) {

  public Inspection {
    layers = List.copyOf(layers);
    pins = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(pins));
  }

  /**
   * A layer with kernels.
   *
   * @param name its node's name
   * @param operator ONNX operator
   * @param output shape of its output
   * @param weight shape of its weight
   * @param parameters elements of its weights
   * @param macs multiply-accumulates
   * @param removableKernels kernels that can be removed
   * @param removableInputs input channels that can be removed
   * @param coupled number of layers whose kernels live and die with some of this one's, itself
   *     included
   */
  public record Layer(
      String name,
      String operator,
      Shape output,
      Shape weight,
      long parameters,
      long macs,
      int removableKernels,
      int removableInputs,
      int coupled) {}

  /** Looks into {@code anatomy}. */
  public static Inspection of(Anatomy anatomy) {
    Map<Integer, Set<Integer>> coupled = coupledSteps(anatomy.groups());
    List<Layer> layers = new ArrayList<>();
    long macs = 0;
    long cuttable = 0;
    for (int step = 0; step < anatomy.steps(); step++) {
      Operands shapes = anatomy.shapes(step);
      long own = anatomy.step(step).operator().macs(shapes);
      macs += own;
      Kernels kernels = anatomy.step(step).operator().kernels(shapes);
      if (kernels != null) {
        Layer layer = layer(anatomy, step, kernels, own, coupled.getOrDefault(step, Set.of(step)));
        layers.add(layer);
        cuttable += layer.removableKernels() + layer.removableInputs() > 0 ? own : 0;
      }
    }
    return new Inspection(
        layers, anatomy.network().parameters(), macs, cuttable, pins(anatomy.groups()));
  }

  /** Share of the MACs that can be cut into, in [0, 1]. */
  public double cuttableShare() {
    return macs == 0 ? 0 : (double) cuttableMacs / macs;
  }

  private static Layer layer(
      Anatomy anatomy, int step, Kernels kernels, long macs, Set<Integer> coupled) {
    Node node = anatomy.step(step).node();
    long parameters = 0;
    for (int input = 0; input < node.inputs().size(); input++) {
      parameters += anatomy.weight(step, input).map(Weight::shape).map(Shape::elements).orElse(0L);
    }
    return new Layer(
        node.label(),
        node.operator(),
        anatomy.probe().shape(node.outputs().get(0)),
        anatomy.probe().shape(node.input(kernels.weight())),
        parameters,
        macs,
        anatomy.groups().channels(node.outputs().get(0)).map(Channels::removable).orElse(0),
        anatomy.groups().channels(node.input(kernels.input())).map(Channels::removable).orElse(0),
        coupled.size());
  }

  private static Map<Integer, Set<Integer>> coupledSteps(ChannelGroups groups) {
    Map<Integer, Set<Integer>> coupled = new LinkedHashMap<>();
    for (ChannelGroup group : groups.groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        Set<Integer> steps = coupled.computeIfAbsent(kernel.step(), key -> new HashSet<>());
        group.kernels().forEach(other -> steps.add(other.step()));
      }
    }
    return coupled;
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
