package io.disassembler.training;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.Affine;
import io.disassembler.operator.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Folds normalisations into the layers before them: {@code slope * (W x + b) + intercept} is {@code
 * (slope * W) x + (slope * b + intercept)}. The network computes the same with fewer nodes. A
 * normalisation stays where its layer has no weight and bias of its own, or where something else
 * reads what is between the two.
 */
public final class FoldedNormalization {
  private final Anatomy anatomy;
  private final Network network;
  private final Network.Builder builder;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Integer> makers = new HashMap<>();

  private FoldedNormalization(Anatomy anatomy) {
    this.anatomy = anatomy;
    network = anatomy.network();
    builder = network.toBuilder();
    for (int step = 0; step < anatomy.steps(); step++) {
      Node node = anatomy.step(step).node();
      nodes.put(key(node), node);
      for (String output : node.outputs()) {
        makers.put(output, step);
      }
    }
  }

  /**
   * Folds networks that read {@code input}.
   *
   * @param threads to run them with, to see their shapes; at least 1
   */
  public static UnaryOperator<Network> in(NetworkInput input, int threads) {
    return network -> new FoldedNormalization(Anatomy.of(network, input.shapes(), threads)).fold();
  }

  private Network fold() {
    for (int step = 0; step < anatomy.steps(); step++) {
      Node normalization = anatomy.step(step).node();
      Optional<Affine> affine = anatomy.affine(step);
      String between = normalization.inputs().isEmpty() ? "" : normalization.input(0);
      Integer layer = makers.get(between);
      if (affine.isPresent() && layer != null && isPrivate(network, between)) {
        fold(layer, affine.get(), normalization);
      }
    }
    return Reachable.only(
        builder
            .nodes(
                network.nodes().stream()
                    .flatMap(node -> Optional.ofNullable(nodes.get(key(node))).stream())
                    .toList())
            .build());
  }

  private void fold(int step, Affine affine, Node normalization) {
    Optional<Kernels> foldable = foldable(anatomy, step, affine.slope().length);
    if (foldable.isEmpty()) {
      return;
    }
    Node layer = anatomy.step(step).node();
    Kernels kernels = foldable.get();
    Weight weight = anatomy.weight(step, kernels.weight()).orElseThrow();
    int operand = kernels.bias().orElseThrow();
    Optional<Weight> bias = anatomy.weight(step, operand);
    builder.weight(scaled(weight, kernels.outAxis(), affine.slope()));
    String name = bias.map(Weight::name).orElse(normalization.outputs().get(0) + "/bias");
    builder.weight(shifted(name, bias, affine));
    nodes.put(
        key(layer),
        layer.withInput(operand, name).withOutputs(List.of(normalization.outputs().get(0))));
    nodes.remove(key(normalization));
  }

  /**
   * The kernels of a layer into which a normalisation of so many channels can be folded: one with a
   * weight of its own, and room for a bias of its own.
   */
  static Optional<Kernels> foldable(Anatomy anatomy, int step, int channels) {
    Optional<Kernels> found = anatomy.kernels(step).filter(layer -> layer.bias().isPresent());
    Node layer = anatomy.node(step);
    if (found.isEmpty() || layer.outputs().size() != 1) {
      return Optional.empty();
    }
    Kernels kernels = found.get();
    int operand = kernels.bias().orElseThrow();
    boolean fits =
        anatomy
            .weight(step, kernels.weight())
            .filter(weight -> isPrivate(anatomy.network(), weight.name()))
            .filter(weight -> weight.shape().dimension(kernels.outAxis()) == channels)
            .isPresent();
    boolean takesBias =
        layer.input(operand).isEmpty()
            || anatomy
                .weight(step, operand)
                .filter(bias -> isPrivate(anatomy.network(), bias.name()))
                .isPresent();
    return fits && takesBias ? Optional.of(kernels) : Optional.empty();
  }

  /** True if one node alone reads {@code value} and nobody outside sees it. */
  private static boolean isPrivate(Network network, String value) {
    return network.consumers(value).size() == 1 && !network.isOutput(value);
  }

  private static String key(Node node) {
    return node.outputs().get(0);
  }

  private static Weight scaled(Weight weight, int axis, double[] slope) {
    float[] values = weight.floats();
    int inner = 1;
    for (int i = axis + 1; i < weight.shape().rank(); i++) {
      inner *= Math.toIntExact(weight.shape().dimension(i));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * slope[i / inner % slope.length]);
    }
    return Weight.ofFloats(weight.name(), weight.shape(), values);
  }

  private static Weight shifted(String name, Optional<Weight> bias, Affine affine) {
    float[] values = bias.map(Weight::floats).orElse(new float[affine.slope().length]);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (affine.slope()[i] * values[i] + affine.intercept()[i]);
    }
    return Weight.ofFloats(name, Shape.of(values.length), values);
  }
}
