package io.disassembler.principal;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.profile.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * Layers written as two: the kernels as they are, and 1 x 1 kernels after them that change nothing
 * yet. What lies between is a {@link LinearStream}; along its principal axes few channels carry
 * almost all, and with so few the pair costs less than the layer (after Zhang et al., "Accelerating
 * Very Deep Convolutional Networks", TPAMI 2016, section 3.1).
 *
 * @param network with the pairs
 * @param between for each value between the two of a pair, the output of the pair
 */
record LayerPairs(Network network, Map<String, String> between) {
  /** How much of a layer's output, as it counts, the cheaper pair must be able to carry. */
  private static final double CARRIED = 0.95;

  /** What part of the layer's cost the pair may have then. */
  private static final double WORTHWHILE = 0.9;

  private static final int FEWEST_KERNELS = 16;

  /** The layers that may be written as two: their nodes by output. */
  static Map<String, Integer> candidates(Anatomy anatomy) {
    Map<String, Integer> candidates = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.node(step);
      String output = node.outputs().get(0);
      if (node.operator().equals("Conv")
          && node.domain().isEmpty()
          && LinearStream.isOwnLayer(anatomy, step)
          && !anatomy.network().isOutput(output)) {
        long kernels = anatomy.probe().shape(output).dimension(1);
        if (kernels / group(anatomy, step) >= FEWEST_KERNELS && kernels <= PrincipalChannels.MOST) {
          candidates.put(output, step);
        }
      }
    }
    return candidates;
  }

  private static int group(Anatomy anatomy, int step) {
    return anatomy.kernels(step).orElseThrow().group();
  }

  /**
   * Writes those candidates as two that are worth it.
   *
   * @param moments of the candidates' outputs
   * @param grams what errors of them count
   */
  static LayerPairs of(
      Anatomy anatomy,
      Map<String, Integer> candidates,
      Map<String, Moments> moments,
      Map<String, Tensor> grams) {
    Network network = anatomy.network();
    Network.Builder builder = network.toBuilder();
    Names names = new Names(network);
    Map<String, ElementType> types = new HashMap<>(network.boundary().types());
    Map<String, String> between = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      String output = node.outputs().get(0);
      Integer step = candidates.get(output);
      if (step == null
          || !isWorthwhile(
              anatomy,
              step,
              Objects.requireNonNull(moments.get(output)),
              Objects.requireNonNull(grams.get(output)))) {
        nodes.add(node);
        continue;
      }
      String value = names.fresh(output + "/principal");
      int group = group(anatomy, step);
      Weight identity =
          identity(names.fresh(output + "/back"), anatomy.probe().shape(output), group);
      builder.weight(identity);
      between.put(value, output);
      if (types.containsKey(output)) {
        types.put(value, types.get(output));
        types.put(identity.name(), types.get(output));
      }
      nodes.add(node.withOutputs(List.of(value)));
      nodes.add(
          Node.of(
              identity.name(),
              "Conv",
              List.of(value, identity.name()),
              List.of(output),
              group == 1 ? Map.of() : Map.of("group", new Attribute.Int(group))));
    }
    return new LayerPairs(
        builder.nodes(nodes).boundary(network.boundary().withTypes(types)).build(), between);
  }

  private static boolean isWorthwhile(Anatomy anatomy, int step, Moments moments, Tensor gram) {
    Kernels kernels = anatomy.kernels(step).orElseThrow();
    Shape weight = anatomy.weight(step, kernels.weight()).orElseThrow().shape();
    long each = weight.elements() / weight.dimension(kernels.outAxis());
    long out = weight.dimension(kernels.outAxis()) / kernels.group();
    int rank =
        NativeScope.in(
            () -> PrincipalAxes.of(List.of(moments), gram, kernels.group()).rank(CARRIED));
    return rank * (each + out) < WORTHWHILE * each * out;
  }

  private static Weight identity(String name, Shape output, int group) {
    int channels = Math.toIntExact(output.dimension(1));
    int size = channels / group;
    long[] extents = new long[output.rank()];
    Arrays.fill(extents, 1);
    extents[0] = channels;
    extents[1] = size;
    float[] values = new float[channels * size];
    for (int k = 0; k < channels; k++) {
      values[k * size + k % size] = 1;
    }
    return Weight.ofFloats(name, Shape.of(extents), values);
  }
}
