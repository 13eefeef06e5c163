package io.disassembler.boundary;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the network of a file, step by step, into what everything works on. */
public final class Presentation {
  private Presentation() {}

  /**
   * With all floats in 32 bits, unless some others only compute sizes, whole numbers with scales as
   * the floats that they stand for, and with ONNX's own operators in place of ONNX Runtime's
   * FusedConv.
   */
  public static Network floats(Network network) {
    return IntegerReading.floats(FloatWidth.widened(FusedConvolutions.apart(network)));
  }

  /**
   * What {@code presented} computes but for the rounding to whole numbers: in floats, cut off where
   * whole numbers end.
   */
  public static Network unrounded(Network presented) {
    return Unrounded.of(presented);
  }

  /** With constants for some of its inputs. */
  public static Network fixed(Network network, Map<String, Weight> constants) {
    if (constants.isEmpty()) {
      return network;
    }
    Map<String, Weight> all = new LinkedHashMap<>(network.boundary().fixed());
    all.putAll(constants);
    Network.Builder builder =
        network.toBuilder()
            .inputs(
                network.inputs().stream()
                    .filter(input -> !constants.containsKey(input.name()))
                    .toList())
            .boundary(network.boundary().withFixed(all));
    constants.values().forEach(builder::weight);
    return builder.build();
  }

  /**
   * With images N x C x H x W, or volumes N x C x D x H x W, of 32-bit floats.
   *
   * @param input the graph input that takes them
   * @param layout how it has them
   */
  public static Network images(Network network, Value input, Layout layout) {
    ElementType pixels = input.type().isFloating() ? ElementType.FLOAT : input.type();
    return new InputEnd(network, input)
            .turned(new Turn(AxisOrder.of(layout), AxisOrder.of(layout.plain())), ElementType.FLOAT)
            .toBuilder()
            .boundary(
                network.boundary().withInput(layout, pixels).withTypes(withImages(network, input)))
            .build();
  }

  /** The types of floats, with that of the images that a Cast makes of whole numbers. */
  private static Map<String, ElementType> withImages(Network network, Value input) {
    Map<String, ElementType> types = network.boundary().types();
    if (types.isEmpty() || input.type().isFloating()) {
      return types;
    }
    Map<String, ElementType> all = new HashMap<>(types);
    List<Node> readers = network.consumers(input.name());
    while (!readers.isEmpty() && !types.containsKey(readers.get(0).outputs().get(0))) {
      readers = network.consumers(readers.get(0).outputs().get(0));
    }
    all.put(
        input.name(),
        readers.isEmpty() ? ElementType.FLOAT : types.get(readers.get(0).outputs().get(0)));
    return all;
  }

  /**
   * With a first output of N x K x H x W, or N x H x W where it has no axis for categories; of
   * volumes with a depth before the height.
   *
   * @param layout how the network has it
   */
  public static Network scores(Network network, Layout layout) {
    return new OutputEnd(network)
            .turned(
                new Turn(AxisOrder.of(layout), AxisOrder.of(layout.plain())),
                AxisOrder.of(layout.withChannels()))
            .toBuilder()
            .boundary(network.boundary().withOutput(layout))
            .build();
  }
}
