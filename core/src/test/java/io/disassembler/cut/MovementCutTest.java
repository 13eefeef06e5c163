package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cutting through operators that move channels, resize them or pool over them. */
class MovementCutTest {
  private static final Attribute ONE = new Attribute.Int(1);

  private final NetworkSketch net = new NetworkSketch(21);

  @Test
  void slicesStayRanges() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = slice(net, x, new long[] {2}, new long[] {7}, new long[] {1}, new long[] {1});
    net.assertCuts(net.convolution(y, 5, 4), 8);
  }

  @Test
  void slicesBackwardsStayRanges() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = slice(net, x, new long[] {-2}, new long[] {-99}, new long[] {1}, new long[] {-1});
    CutHarness harness = net.assertCuts(net.convolution(y, 7, 4), 8);
    assertThat(operators(harness.cut(harness.keeping(0, 2, 6, 7)))).contains("Slice");
  }

  @Test
  void slicesInStepsBecomeGathers() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = slice(net, x, new long[] {1}, new long[] {8}, new long[] {-3}, new long[] {2});
    CutHarness harness = net.assertCuts(net.convolution(y, 4, 4), 8);
    assertThat(operators(harness.cut(harness.keeping(0, 1, 2, 7)))).contains("Gather");
  }

  @Test
  void slicesOfChannelsAndRowsAreRewritten() {
    String x = net.convolution(IMAGE, 3, 8);
    long[] starts = {1, 3, 0};
    String y =
        slice(net, x, starts, new long[] {6, -1, 99}, new long[] {2, 1, 3}, new long[] {1, 1, 2});
    net.assertCuts(net.convolution(y, 4, 4), 8);
  }

  @Test
  void slicesOfChannelsInStepsAndOfRowsKeepChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y =
        slice(net, x, new long[] {1, 0}, new long[] {6, 8}, new long[] {2, 1}, new long[] {1, 2});
    net.assertKeeps(net.convolution(y, 4, 4), "slices channels");
  }

  @Test
  void slicesByAttributesAreRewritten() {
    NetworkSketch old = new NetworkSketch(9);
    Map<String, Attribute> bounds =
        Map.of(
            "starts", Attribute.Ints.of(1, 2),
            "ends", Attribute.Ints.of(9, -2),
            "axes", Attribute.Ints.of(2, 1));
    String y = old.node("Slice", bounds, old.convolution(IMAGE, 3, 8));
    old.assertCuts(old.convolution(y, 4, 4), 8);
  }

  @Test
  void equalPartsGetSizes() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> three = Map.of("axis", ONE, "num_outputs", new Attribute.Int(3));
    List<String> parts = net.nodes("Split", three, 3, x);
    String joined = net.node("Concat", Map.of("axis", ONE), parts.get(2), parts.get(0));
    net.assertCuts(net.convolution(joined, 5, 4), 8);
  }

  @Test
  void sizesOfPartsAreRewritten() {
    String x = net.convolution(IMAGE, 3, 8);
    List<String> parts = net.nodes("Split", Map.of("axis", ONE), 2, x, net.integers(3, 5));
    String first = net.convolution(parts.get(0), 3, 4);
    net.assertCuts(net.node("Add", Map.of(), first, net.convolution(parts.get(1), 5, 4)), 8);
  }

  @Test
  void sizesOfPartsInAttributesAreRewritten() {
    NetworkSketch old = new NetworkSketch(11);
    Map<String, Attribute> axis = Map.of("axis", ONE);
    List<String> parts = old.nodes("Split", axis, 2, old.convolution(IMAGE, 3, 8));
    old.assertCuts(
        old.convolution(old.node("Mul", Map.of(), parts.toArray(String[]::new)), 4, 4), 4);
  }

  @Test
  void gatheredChannelsAreRenumbered() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("Gather", Map.of("axis", ONE), x, net.integers(-1, 3, 0, 3, 5));
    net.assertCuts(net.convolution(y, 5, 4), 8);
  }

  @Test
  void oneGatheredChannelLosesItsAxis() {
    String x = net.convolution(IMAGE, 3, 8);
    String one = net.node("Gather", Map.of("axis", ONE), x, net.integer(-3));
    String y = net.node("Unsqueeze", Map.of(), one, net.integers(1));
    CutHarness harness = net.assertCuts(net.convolution(y, 1, 4), 7);
    assertThat(harness.groups.pins().values())
        .anyMatch(reason -> reason.contains("single channel"));
  }

  @Test
  void channelsGatheredByComputedIndicesAreKept() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> whole = Map.of("keepdims", new Attribute.Int(0));
    String means = net.node("ReduceMean", whole, IMAGE, net.integers(0, 2, 3));
    String brightest = net.node("ArgMax", Map.of("axis", new Attribute.Int(0)), means);
    String y = net.node("Gather", Map.of("axis", ONE), x, brightest);
    net.assertKeeps(net.convolution(y, 1, 4), "indices computed at run time");
  }

  @Test
  void tiledChannelsGoTogether() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("Tile", Map.of(), x, net.integers(1, 2, 1, 2));
    net.assertCuts(net.convolution(y, 16, 4), 8);
  }

  @Test
  void paddedChannelsStay() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("Pad", Map.of(), x, net.integers(0, 2, 1, 0, 0, 1, 0, -1), net.weight());
    net.assertCuts(net.convolution(y, 11, 4), 8);
  }

  @Test
  void mapsPaddedByReflectionPassChannels() {
    Map<String, Attribute> reflect = Map.of("mode", new Attribute.Text("reflect"));
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("Pad", reflect, x, net.integers(1, 2, 0, 1), "", net.integers(2, -1));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void channelsPaddedWithCopiesAreKept() {
    Map<String, Attribute> edge = Map.of("mode", new Attribute.Text("edge"));
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("Pad", edge, x, net.integers(1, 1), "", net.integers(1));
    net.assertKeeps(net.convolution(y, 10, 4), "copies");
  }

  @Test
  void unpoolingTakesChannelsFromMapsAndIndices() {
    Map<String, Attribute> window =
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2));
    List<String> pooled = net.nodes("MaxPool", window, 2, net.convolution(IMAGE, 3, 8));
    String x = net.node("Relu", Map.of(), pooled.get(0));
    String y = net.node("MaxUnpool", window, x, pooled.get(1), net.integers(2, 8, 6, 6));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  /** A place of a removed channel is none in the first, which is kept. */
  @Test
  void placesOfRemovedChannelsTouchNoOther() {
    Map<String, Attribute> window = Map.of("kernel_shape", Attribute.Ints.of(1, 1));
    List<String> pooled = net.nodes("MaxPool", window, 2, net.convolution(IMAGE, 3, 8));
    String y = net.node("MaxUnpool", window, pooled.get(0), pooled.get(1));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  /** As exporters write a GroupNorm of one group. */
  @Test
  void channelsThatANormalizationFoldsIntoOneStay() {
    String flat =
        net.node("Reshape", Map.of(), net.convolution(IMAGE, 3, 8), net.integers(2, 1, -1));
    String one = net.node("InstanceNormalization", Map.of(), flat, net.weight(1), net.weight(1));
    String y = net.node("Reshape", Map.of(), one, net.integers(2, 8, 6, 6));
    String scaled = net.node("Mul", Map.of(), y, net.weight(8, 1, 1));
    net.assertKeeps(net.convolution(scaled, 8, 4), "all of its channels could only go together");
  }

  /** As in ENet, whose stored zeros may be others at each pixel for all that is known. */
  @Test
  void channelsGoBesideTheImagesAndStoredOnes() {
    String x = net.node("Concat", Map.of("axis", ONE), net.convolution(IMAGE, 3, 5), IMAGE);
    String y = net.node("Concat", Map.of("axis", ONE), x, net.weight(2, 4, 6, 6));
    String z = net.node("Add", Map.of(), y, net.convolution(x, 8, 12));
    net.assertCuts(net.convolution(z, 12, 4), 5 + 4);
  }

  @Test
  void averagesPassChannels() {
    Map<String, Attribute> window =
        Map.of("kernel_shape", Attribute.Ints.of(3, 2), "ceil_mode", ONE);
    String x = net.node("AveragePool", window, net.convolution(IMAGE, 3, 8));
    net.assertCuts(net.convolution(net.node("LpPool", window, x), 8, 4), 8);
  }

  @Test
  void transposedConvolutionsReadAndMakeChannels() {
    Map<String, Attribute> twice = Map.of("strides", Attribute.Ints.of(2, 2));
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("ConvTranspose", twice, x, net.weight(8, 6, 2, 2), net.weight(6));
    net.assertCuts(net.convolution(y, 6, 4), 8 + 6);
  }

  @Test
  void groupedTransposedConvolutionsKeepGroupsEqual() {
    Map<String, Attribute> two = Map.of("group", new Attribute.Int(2));
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("ConvTranspose", two, x, net.weight(8, 3, 2, 2), net.weight(6));
    net.assertCuts(net.convolution(y, 6, 4), 4 + 3);
  }

  @Test
  void depthwiseTransposedConvolutionsPassChannels() {
    Map<String, Attribute> eight = Map.of("group", new Attribute.Int(8));
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("ConvTranspose", eight, x, net.weight(8, 1, 2, 2), net.weight(8));
    CutHarness harness = net.assertCuts(net.convolution(y, 8, 4), 8);
    Node cut = harness.cut(harness.keeping(1, 4, 5)).nodes().get(1);
    assertThat(cut.attributes()).containsEntry("group", new Attribute.Int(3));
  }

  @Test
  void blocksOfChannelsGoTogether() {
    Map<String, Attribute> two = Map.of("blocksize", new Attribute.Int(2));
    String x = net.node("DepthToSpace", two, net.convolution(IMAGE, 3, 8));
    Map<String, Attribute> window = Map.of("kernel_shape", Attribute.Ints.of(3, 3));
    net.assertCuts(net.convolution(net.node("MaxPool", window, x), 2, 4), 2);
  }

  @Test
  void elementsOfLaidOutBlocksFollowTheirChannel() {
    Map<String, Attribute> apart = Map.of("strides", Attribute.Ints.of(3, 3));
    String blocks =
        net.node("Reshape", Map.of(), net.convolution(IMAGE, 3, 8), net.integers(2, 72, 4));
    String x = net.node("Col2Im", apart, blocks, net.integers(6, 6), net.integers(3, 3));
    net.assertCuts(net.convolution(x, 8, 4), 8);
  }

  @Test
  void blocksOfSpaceFollowTheirChannel() {
    Map<String, Attribute> two = Map.of("blocksize", new Attribute.Int(2));
    String x = net.node("SpaceToDepth", two, net.convolution(IMAGE, 3, 8));
    net.assertCuts(net.convolution(x, 32, 4), 8);
  }

  @Test
  void sampledMapsPassChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("GridSample", Map.of(), x, net.weight(2, 5, 4, 2));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void computedCoordinatesAreKept() {
    Map<String, Attribute> last = Map.of("perm", Attribute.Ints.of(0, 2, 3, 1));
    String grid = net.node("Transpose", last, net.convolution(IMAGE, 3, 2));
    String y = net.node("GridSample", Map.of(), net.convolution(IMAGE, 3, 8), grid);
    CutHarness harness = net.assertCuts(net.convolution(y, 8, 4), 8);
    assertThat(harness.groups.pins().values()).anyMatch(text -> text.contains("coordinates"));
  }

  @Test
  void castsAndCopiesPassChannels() {
    Map<String, Attribute> toDouble = Map.of("to", new Attribute.Int(11));
    String x = net.convolution(IMAGE, 3, 8);
    String wide = net.node("Cast", toDouble, net.node("Identity", Map.of(), x));
    String y = net.node("Dropout", Map.of(), net.node("CastLike", Map.of(), wide, IMAGE));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void choicesUniteChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.convolution(IMAGE, 3, 8);
    String larger = net.node("Greater", Map.of(), x, y);
    net.assertCuts(net.convolution(net.node("Where", Map.of(), larger, x, y), 8, 4), 8);
  }

  @Test
  void trianglesOfMapsPassChannels() {
    String y = net.node("Trilu", Map.of(), net.convolution(IMAGE, 3, 8), net.integer(1));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  private static String slice(
      NetworkSketch net, String x, long[] starts, long[] ends, long[] axes, long[] steps) {
    return net.node(
        "Slice",
        Map.of(),
        x,
        net.integers(starts),
        net.integers(ends),
        net.integers(axes),
        net.integers(steps));
  }

  private static List<String> operators(Network network) {
    return network.nodes().stream().map(Node::operator).toList();
  }
}
