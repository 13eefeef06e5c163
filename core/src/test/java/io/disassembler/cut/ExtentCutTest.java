package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.check.RandomSelection;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.selection.Selection;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cutting where extents and bounds are stored or computed numbers, which must follow the cut. */
class ExtentCutTest {
  private static final Attribute ONE = new Attribute.Int(1);

  private final NetworkSketch net = new NetworkSketch(21);

  @Test
  void pixelShufflesOfFewChannelsAreCutAlongChannelsNotRows() {
    String x = net.convolution(IMAGE, 3, 8);
    String apart = net.node("Reshape", Map.of(), x, net.integers(2, 2, 2, 2, 6, 6));
    String moved =
        net.node("Transpose", Map.of("perm", Attribute.Ints.of(0, 1, 4, 2, 5, 3)), apart);
    String y = net.node("Reshape", Map.of(), moved, net.integers(2, 2, 12, 12));
    net.assertCuts(net.convolution(y, 2, 4), 2);
  }

  @Test
  void slicesUpToComputedBoundsAreFollowed() {
    String x = net.convolution(IMAGE, 3, 8);
    String count = net.node("Gather", Map.of(), net.node("Shape", Map.of(), x), net.integers(1));
    String half = net.node("Div", Map.of(), count, net.integers(2));
    String low = net.node("Slice", Map.of(), x, net.integers(0), half, net.integers(1));
    String high = net.node("Slice", Map.of(), x, half, count, net.integers(1));
    net.assertCuts(net.convolution(net.node("Mul", Map.of(), low, high), 4, 4), 4);
  }

  @Test
  void extentsComputedWithTheNumberOfGroupsAreRight() {
    String x = net.convolution(IMAGE, 3, 8);
    String each = net.node("Div", Map.of(), extent(x), net.integers(4));
    String apart = net.node("Reshape", Map.of(), x, shape(net.integers(2), net.integers(4), each));
    String largest =
        net.node("ReduceMax", Map.of("keepdims", new Attribute.Int(0)), apart, net.integers(2));
    net.assertCuts(net.convolution(largest, 4, 4), 4);
  }

  @Test
  void extentsComputedFromWhatIsCutOtherwiseAreRight() {
    String x = net.convolution(IMAGE, 3, 8);
    String other = net.convolution(IMAGE, 3, 8);
    String apart =
        net.node("Reshape", Map.of(), x, shape(net.integers(2), extent(other), net.integers(1)));
    String flat = net.node("Squeeze", Map.of(), apart, net.integers(2));
    String sum =
        net.node("Add", Map.of(), net.convolution(flat, 8, 4), net.convolution(other, 8, 4));
    net.assertCuts(sum, 16);
  }

  @Test
  void extentsOfChannelsTimesHeightAreRightAtOtherHeights() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> front = Map.of("axis", new Attribute.Int(0));
    String rows = net.node("Mul", Map.of(), extent(IMAGE, 2), net.integers(8));
    String batch = extent(x, 0);
    String tall = net.node("Concat", front, batch, rows, extent(x, 3));
    String flat = net.node("Relu", Map.of(), net.node("Reshape", Map.of(), x, tall));
    String square =
        net.node("Concat", front, batch, net.integers(8), extent(IMAGE, 2), extent(x, 3));
    String y = net.node("Reshape", Map.of(), flat, square);
    CutHarness harness = net.assertCuts(net.convolution(y, 8, 4), 8);
    Selection selection = RandomSelection.of(harness.groups, new Random(3));
    Network cut = harness.cut(selection);
    CutHarness taller =
        new CutHarness(harness.anatomy.network(), Map.of(IMAGE, Shape.of(2, 3, 9, 7)), 11);
    assertThat(CutHarness.difference(taller.masked(selection), taller.run(cut))).isLessThan(1e-5);
  }

  private String extent(String value) {
    return extent(value, 1);
  }

  private String extent(String value, long axis) {
    return net.node("Gather", Map.of(), net.node("Shape", Map.of(), value), net.integers(axis));
  }

  /** The given extents and the sketch's height and width. */
  private String shape(String... front) {
    String[] parts = java.util.Arrays.copyOf(front, front.length + 1);
    parts[front.length] = net.integers(6, 6);
    return net.node("Concat", Map.of("axis", new Attribute.Int(0)), parts);
  }

  @Test
  void extentsInAttributesAreRewritten() {
    NetworkSketch old = new NetworkSketch(4);
    Map<String, Attribute> shape = Map.of("shape", Attribute.Ints.of(2, 8, 36));
    String y = old.node("Reshape", shape, old.convolution(IMAGE, 3, 8));
    Map<String, Attribute> back = Map.of("shape", Attribute.Ints.of(0, 0, 6, 6));
    old.assertCuts(old.convolution(old.node("Reshape", back, y), 8, 4), 8);
  }

  @Test
  void extentsJoinedAtRunTimeAreRewritten() {
    String x = net.convolution(IMAGE, 3, 8);
    String batch = net.node("Shape", Map.of("end", ONE), x);
    String shape =
        net.node("Concat", Map.of("axis", new Attribute.Int(0)), batch, net.integers(288));
    String y = net.node("Reshape", Map.of(), x, shape);
    net.assertCuts(net.node("MatMul", Map.of(), y, net.weight(288, 4)), 8);
  }

  @Test
  void unnamedSqueezesKeepALastChannel() {
    String x = net.node("GlobalMaxPool", Map.of(), net.convolution(IMAGE, 3, 4));
    String y = net.node("Squeeze", Map.of(), x);
    CutHarness harness = net.assertCuts(net.node("MatMul", Map.of(), y, net.weight(4, 4)), 4);
    Selection one = harness.keeping(2);
    assertThat(CutHarness.difference(harness.masked(one), harness.run(harness.cut(one))))
        .isLessThan(1e-4);
  }

  @Test
  void expandedMapsPassChannels() {
    String x = net.node("GlobalAveragePool", Map.of(), net.convolution(IMAGE, 3, 8));
    String y = net.node("Expand", Map.of(), x, net.integers(8, 6, 6));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void sizesOfResizedMapsAreRewritten() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> linear = Map.of("mode", new Attribute.Text("linear"));
    String y = net.node("Resize", linear, x, "", "", net.integers(2, 8, 9, 7));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void axesOfResizedMapsMayBeNamed() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> axes = Map.of("axes", Attribute.Ints.of(-1, 1));
    String y = net.node("Resize", axes, x, "", "", net.integers(5, 8));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void resizingOverChannelsKeepsThem() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> linear = Map.of("mode", new Attribute.Text("linear"));
    String y = net.node("Resize", linear, x, "", "", net.integers(2, 4, 6, 6));
    net.assertKeeps(net.convolution(y, 4, 4), "interpolates between channels");
  }
}
