package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Max unpooling as PyTorch's current exporter writes it: indices into one row of all maps. */
class ScatteredUnpoolingTest {
  private static final int MAPS = 2 * 8;
  private static final int AREA = 6 * 6;

  private final NetworkSketch net = new NetworkSketch(18);

  @Test
  void channelsThatAreUnpooledGo() {
    CutHarness harness = net.assertCuts(unpooled(AREA, 0), 8);
    assertThat(harness.anatomy.network().nodes())
        .extracting(Node::operator)
        .contains("MaxUnpool")
        .doesNotContain("ScatterND", "Slice", "ConstantOfShape");
  }

  @Test
  void whatIsScatteredElsewhereIsLeftAsItIs() {
    net.assertKeeps(unpooled(AREA - 1, 0), "ScatterND");
  }

  @Test
  void whatIsScatteredOntoSomethingIsLeftAsItIs() {
    net.assertKeeps(unpooled(AREA, 1), "ScatterND");
  }

  /**
   * @param apart from the first element of a map to that of the next
   * @param ground what is there already
   */
  private String unpooled(long apart, float ground) {
    String x = net.convolution(IMAGE, 3, 8);
    Attribute.Ints two = Attribute.Ints.of(2, 2);
    List<String> pooled = net.nodes("MaxPool", Map.of("kernel_shape", two, "strides", two), 2, x);
    List<String> each = net.nodes("MaxPool", Map.of("kernel_shape", Attribute.Ints.of(1, 1)), 2, x);
    String first =
        net.node(
            "Slice",
            Map.of(),
            each.get(1),
            net.integers(0, 0),
            net.integers(1, 1),
            net.integers(2, 3));
    String places = net.node("Sub", Map.of(), pooled.get(1), first);
    String maps =
        net.integers(
            Shape.of(2, 8, 1, 1), LongStream.range(0, MAPS).map(map -> map * apart).toArray());
    String indices =
        net.node("Reshape", Map.of(), net.node("Add", Map.of(), places, maps), net.integers(-1));
    String zeros =
        net.node(
            "ConstantOfShape",
            Map.of("value", new Attribute.Tensor(filling(ground))),
            net.integers(MAPS * AREA));
    String scattered =
        net.node(
            "ScatterND",
            Map.of(),
            zeros,
            net.node("Unsqueeze", Map.of(), indices, net.integers(-1)),
            net.node("Reshape", Map.of(), net.convolution(pooled.get(0), 8, 8), net.integers(-1)));
    return net.convolution(
        net.node("Reshape", Map.of(), scattered, net.integers(2, 8, 6, 6)), 8, 4);
  }

  private static Weight filling(float value) {
    return Weight.ofFloats("", Shape.of(1), value);
  }
}
