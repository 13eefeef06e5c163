package io.disassembler.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Cost;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionTest {
  private final Network.Builder builder =
      new Network.Builder("inspected.onnx")
          .opset("", 17)
          .input(new Value("x", ElementType.FLOAT, Optional.empty(), Opaque.NONE))
          .output(new Value("y", ElementType.FLOAT, Optional.empty(), Opaque.NONE));

  /** A node named after its output, with a weight of that shape after its inputs. */
  private void layer(
      String operator, List<String> inputs, String output, long[] weight, Attribute... group) {
    Shape shape = Shape.of(weight);
    String name = output + "/weight";
    builder.weight(Weight.ofFloats(name, shape, new float[(int) shape.elements()]));
    builder.node(
        Node.of(
            output,
            operator,
            List.of(inputs.get(0), name),
            List.of(output),
            group.length == 0 ? Map.of() : Map.of("group", group[0])));
  }

  private void node(String operator, List<String> inputs, String output) {
    builder.node(Node.of(output, operator, inputs, List.of(output), Map.of()));
  }

  private Inspection inspect(long... input) {
    return Inspection.of(Anatomy.of(builder.build(), Map.of("x", Shape.of(input))));
  }

  private Inspection residual() {
    layer("Conv", List.of("x"), "a", new long[] {4, 3, 1, 1});
    node("Relu", List.of("a"), "relu");
    layer("Conv", List.of("relu"), "b", new long[] {4, 4, 1, 1});
    node("Add", List.of("relu", "b"), "sum");
    layer("Conv", List.of("sum"), "y", new long[] {2, 4, 1, 1});
    return inspect(1, 3, 5, 7);
  }

  /** Two maps of 4 channels each, multiplied pixel by pixel: 15 x 4 x 15, beside the layers. */
  @Test
  void productsOfComputedValuesCountAsWhatCanBeCut() {
    layer("Conv", List.of("x"), "a", new long[] {4, 3, 1, 1});
    layer("Conv", List.of("x"), "b", new long[] {4, 3, 1, 1});
    builder.weight(Weight.ofLongs("flat", 1, 4, 15));
    node("Reshape", List.of("a", "flat"), "rows");
    node("Reshape", List.of("b", "flat"), "columns");
    builder.node(
        Node.of(
            "turn",
            "Transpose",
            List.of("rows"),
            List.of("turned"),
            Map.of("perm", Attribute.Ints.of(0, 2, 1))));
    node("MatMul", List.of("turned", "columns"), "y");

    Inspection inspection = inspect(1, 3, 3, 5);

    assertThat(inspection.macs()).isEqualTo(2 * 15 * 12 + 15 * 4 * 15);
    assertThat(inspection.cuttableMacs()).isEqualTo(inspection.macs());
  }

  /**
   * A depthwise layer over width in the channels' place, as in DiCENet: what it makes, the layer
   * that reads it and the layer before it stay for that, whatever is between.
   */
  @Test
  void everyMissingShareHasAReasonThatNamesWhatStandsThere() {
    layer("Conv", List.of("x"), "a", new long[] {4, 3, 1, 1});
    turn("a", "turned");
    layer("Conv", List.of("turned"), "rows", new long[] {5, 1, 1, 3}, new Attribute.Int(5));
    node("Relu", List.of("rows"), "relu");
    turn("relu", "back");
    layer("Conv", List.of("back"), "mixed", new long[] {2, 1, 1, 1}, new Attribute.Int(2));
    layer("Conv", List.of("mixed"), "y", new long[] {2, 2, 1, 1});

    Inspection inspection = inspect(1, 3, 3, 5);

    assertThat(inspection.cuttableMacs()).isEqualTo(0);
    assertThat(inspection.missing())
        .containsExactly(
            Map.entry("Conv 'rows': its kernels slide over channels", inspection.macs()));
    assertThat(inspection.macs()).isEqualTo(15 * 12 + 30 * 3 + 30 + 30 * 2);
  }

  private void turn(String from, String to) {
    builder.node(
        Node.of(
            to,
            "Transpose",
            List.of(from),
            List.of(to),
            Map.of("perm", Attribute.Ints.of(0, 3, 2, 1))));
  }

  @Test
  void layersKnowWhatTheyAreMadeOfAndWhomTheyAreTiedTo() {
    List<Layer> layers = residual().layers();
    assertThat(layers).extracting(Layer::name).containsExactly("a", "b", "y");
    assertThat(layers).extracting(Layer::index).containsExactly(0, 1, 2);
    assertThat(layers)
        .extracting(layer -> layer.input().layers())
        .containsExactly(List.of(), List.of(0), List.of(0, 1));
    assertThat(layers)
        .extracting(layer -> layer.input().image())
        .containsExactly(true, false, false);
    assertThat(layers).extracting(Layer::tied).containsExactly(List.of(1), List.of(0), List.of());
  }

  @Test
  void whatOutputsDependOnIsPinned() {
    List<Layer> layers = residual().layers();
    assertThat(layers).extracting(layer -> layer.output().removable()).containsExactly(4, 4, 0);
    assertThat(layers).extracting(layer -> layer.input().removable()).containsExactly(0, 4, 4);
    assertThat(layers)
        .extracting(layer -> layer.output().pinned().isPresent())
        .containsExactly(false, false, true);
    assertThat(layers.get(2).output().groups()).containsExactly(Channels.FIXED, Channels.FIXED);
    assertThat(layers.get(0).output().groups()).isEqualTo(layers.get(1).output().groups());
  }

  @Test
  void costsAreThoseOfEachLayer() {
    Inspection inspection = residual();
    assertThat(inspection.layers())
        .extracting(Layer::cost)
        .containsExactly(new Cost(12, 12 * 35), new Cost(16, 16 * 35), new Cost(8, 8 * 35));
    assertThat(inspection.parameters()).isEqualTo(36);
    assertThat(inspection.macs()).isEqualTo(36 * 35);
    assertThat(inspection.cuttableShare()).isEqualTo(1);
  }

  @Test
  void kernelsOfMatricesAreCountedByTheirWeights() {
    layer("MatMul", List.of("x"), "tokens", new long[] {4, 3});
    layer("MatMul", List.of("tokens"), "y", new long[] {3, 2});
    List<Layer> layers = inspect(1, 5, 4).layers();
    assertThat(layers).extracting(layer -> layer.output().kernels()).containsExactly(3, 2);
    assertThat(layers).extracting(layer -> layer.output().removable()).containsExactly(3, 0);
  }

  @Test
  void kernelsOfAllGroupsCount() {
    layer("Conv", List.of("x"), "a", new long[] {4, 3, 1, 1});
    layer("ConvTranspose", List.of("a"), "up", new long[] {4, 3, 2, 2}, new Attribute.Int(2));
    layer("Conv", List.of("up"), "y", new long[] {2, 6, 1, 1});
    List<Layer> layers = inspect(1, 3, 5, 7).layers();
    assertThat(layers).extracting(layer -> layer.output().kernels()).containsExactly(4, 6, 2);
    assertThat(layers.get(1).output().removable()).isEqualTo(6);
  }
}
