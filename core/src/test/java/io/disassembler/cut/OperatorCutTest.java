package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.selection.Selection;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be cut through each operator, and that the cut network equals the masked one. */
class OperatorCutTest {
  private static final Attribute ONE = new Attribute.Int(1);
  private static final Attribute ZERO = new Attribute.Int(0);

  private final NetworkSketch net = new NetworkSketch(21);

  @Test
  void batchNormalizationPassesChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y =
        net.node(
            "BatchNormalization",
            Map.of(),
            x,
            net.weight(8),
            net.weight(8),
            net.weight(8),
            net.weight(8));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void instanceNormalizationPassesChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("InstanceNormalization", Map.of(), x, net.weight(8), net.weight(8));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void groupNormalizationPassesWholeGroups() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> groups = Map.of("num_groups", new Attribute.Int(4));
    String y = net.node("GroupNormalization", groups, x, net.weight(8), net.weight(8));
    CutHarness harness = net.assertCuts(net.convolution(y, 8, 4), 4);
    BitSet kept = new BitSet();
    kept.set(1, 4);
    Node cut = harness.cut(Selection.of(harness.groups, kept)).nodes().get(1);
    assertThat(cut.attributes()).containsEntry("num_groups", new Attribute.Int(3));
  }

  @Test
  void groupNormalizationSlicesParametersOfGroups() {
    NetworkSketch old = new NetworkSketch(18);
    String x = old.convolution(IMAGE, 3, 8);
    Map<String, Attribute> groups = Map.of("num_groups", new Attribute.Int(4));
    String y = old.node("GroupNormalization", groups, x, old.weight(4), old.weight(4));
    old.assertCuts(old.convolution(y, 8, 4), 4);
  }

  @Test
  void slopesOfChannelsAreSliced() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("PRelu", Map.of(), x, net.weight(8, 1, 1));
    String z = net.node("PRelu", Map.of(), y, net.weight(1));
    net.assertCuts(net.convolution(z, 8, 4), 8);
  }

  @Test
  void squeezeAndExcitationSharesChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String mean = net.node("ReduceMean", Map.of(), x, net.integers(2, -1));
    String inner = net.node("Relu", Map.of(), net.convolution(mean, 8, 4));
    String gate = net.node("HardSigmoid", Map.of(), net.convolution(inner, 4, 8));
    net.assertCuts(net.convolution(net.node("Mul", Map.of(), x, gate), 8, 4), 12);
  }

  @Test
  void activationsPassChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("HardSwish", Map.of(), x);
    String z = net.node("Clip", Map.of(), y, net.weight(), "");
    net.assertCuts(net.convolution(z, 8, 4), 8);
  }

  @Test
  void sumsOverChannelsLetThemGo() {
    String x = net.convolution(IMAGE, 3, 8);
    net.assertCuts(net.node("ReduceSum", Map.of("keepdims", ZERO), x, net.integers(1)), 8);
  }

  @Test
  void meansOverChannelsLetThemGoAndCountThemOn() {
    String x = net.convolution(IMAGE, 3, 8);
    net.assertCuts(net.node("ReduceMean", Map.of(), x, net.integers(1)), 8);
  }

  @Test
  void maximaOverChannelsLetThemGo() {
    String x = net.convolution(IMAGE, 3, 8);
    String below = net.node("Neg", Map.of(), net.node("Exp", Map.of(), x));
    net.assertCuts(net.node("ReduceMax", Map.of("keepdims", ZERO), below, net.integers(-3)), 8);
  }

  /** CBAM: a map of where channels are large, from their mean and maximum, scales all of them. */
  @Test
  void spatialAttentionLetsChannelsGo() {
    String x = net.convolution(IMAGE, 3, 8);
    String mean = net.node("ReduceMean", Map.of(), x, net.integers(1));
    String largest = net.node("ReduceMax", Map.of(), x, net.integers(1));
    String both = net.node("Concat", Map.of("axis", new Attribute.Int(1)), mean, largest);
    String gate = net.node("Sigmoid", Map.of(), net.convolution(both, 2, 1));
    net.assertCuts(net.convolution(net.node("Mul", Map.of(), x, gate), 8, 4), 8);
  }

  @Test
  void globalResponseNormalizationLetsChannelsGo() {
    String x = net.convolution(IMAGE, 3, 8);
    String norms = net.node("ReduceL2", Map.of(), x, net.integers(2, 3));
    String mean = net.node("ReduceMean", Map.of(), norms, net.integers(1));
    String scaled = net.node("Mul", Map.of(), x, net.node("Div", Map.of(), norms, mean));
    String y = net.node("Mul", Map.of(), scaled, net.weight(8, 1, 1));
    net.assertCuts(net.convolution(net.node("Add", Map.of(), y, x), 8, 4), 8);
  }

  /**
   * The wide layer of ConvNeXt V2, channels last; what the block adds to is normalised and stays.
   */
  @Test
  void hiddenLayersBehindGlobalResponseNormalizationGo() {
    Map<String, Attribute> last = Map.of("perm", Attribute.Ints.of(0, 2, 3, 1));
    String x = net.node("Transpose", last, net.convolution(IMAGE, 3, 4));
    String normal = net.node("LayerNormalization", Map.of(), x, net.weight(4), net.weight(4));
    String wide = net.node("MatMul", Map.of(), normal, net.weight(4, 16));
    String hidden = net.node("Gelu", Map.of(), net.node("Add", Map.of(), wide, net.weight(16)));
    String norms = net.node("ReduceL2", Map.of(), hidden, net.integers(1, 2));
    String mean = net.node("ReduceMean", Map.of(), norms, net.integers(-1));
    String share = net.node("Div", Map.of(), norms, net.node("Add", Map.of(), mean, net.weight()));
    String scaled =
        net.node("Mul", Map.of(), net.node("Mul", Map.of(), hidden, share), net.weight(16));
    String sum =
        net.node("Add", Map.of(), net.node("Add", Map.of(), scaled, net.weight(16)), hidden);
    String y = net.node("Add", Map.of(), x, net.node("MatMul", Map.of(), sum, net.weight(16, 4)));
    net.assertCuts(y, 16);
  }

  @Test
  void rootMeanSquaresThatAreWrittenOutLetChannelsGo() {
    String x = net.convolution(IMAGE, 3, 8);
    String squares =
        net.node("ReduceMean", Map.of(), net.node("Mul", Map.of(), x, x), net.integers(1));
    String root = net.node("Sqrt", Map.of(), net.node("Add", Map.of(), squares, net.weight()));
    String y = net.node("Mul", Map.of(), net.node("Div", Map.of(), x, root), net.weight(8, 1, 1));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void meansThatCentreChannelsKeepThem() {
    String x = net.convolution(IMAGE, 3, 8);
    String mean = net.node("ReduceMean", Map.of(), x, net.integers(1));
    net.assertKeeps(net.node("Sub", Map.of(), x, mean), "ReduceMean over channels");
  }

  @Test
  void attentionLetsWholeHeadsGo() {
    Map<String, Attribute> heads =
        Map.of("q_num_heads", new Attribute.Int(3), "kv_num_heads", new Attribute.Int(3));
    NetworkSketch attentive = new NetworkSketch(23);
    String x = attentive.convolution(IMAGE, 3, 8);
    String tokens =
        attentive.node(
            "Transpose",
            Map.of("perm", Attribute.Ints.of(0, 2, 1)),
            attentive.node("Reshape", Map.of(), x, attentive.integers(2, 8, 36)));
    String q = attentive.node("MatMul", Map.of(), tokens, attentive.weight(8, 6));
    String k = attentive.node("MatMul", Map.of(), tokens, attentive.weight(8, 6));
    String v = attentive.node("MatMul", Map.of(), tokens, attentive.weight(8, 12));
    String y = attentive.node("Attention", heads, q, k, v);
    attentive.assertCuts(attentive.node("MatMul", Map.of(), y, attentive.weight(12, 5)), 8 + 3);
  }

  @Test
  void attentionWhoseQueriesShareKeysKeepsHeads() {
    Map<String, Attribute> heads =
        Map.of("q_num_heads", new Attribute.Int(4), "kv_num_heads", new Attribute.Int(2));
    NetworkSketch attentive = new NetworkSketch(23);
    String x = attentive.convolution(IMAGE, 3, 8);
    String tokens =
        attentive.node(
            "Transpose",
            Map.of("perm", Attribute.Ints.of(0, 2, 1)),
            attentive.node("Reshape", Map.of(), x, attentive.integers(2, 8, 36)));
    String keys = attentive.node("MatMul", Map.of(), tokens, attentive.weight(8, 4));
    attentive.assertKeeps(
        attentive.node("Attention", heads, tokens, keys, keys), "share keys and values");
  }

  @Test
  void normsOverSpaceWithoutThoseAxesPassChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("ReduceL2", Map.of("keepdims", ZERO), x, net.integers(2, 3));
    net.assertCuts(net.node("MatMul", Map.of(), y, net.weight(8, 4)), 8);
  }

  @Test
  void fullyConnectedLayersReadAndMakeChannels() {
    String x = net.node("Flatten", Map.of(), net.convolution(IMAGE, 3, 8));
    String y = net.node("Gemm", Map.of("transB", ONE), x, net.weight(5, 8 * 36), net.weight(1, 5));
    String z = net.node("Gemm", Map.of(), y, net.weight(5, 4), net.weight(1));
    net.assertCuts(z, 8 + 5);
  }

  @Test
  void matricesOfWeightsReadAndMakeChannels() {
    Map<String, Attribute> last = Map.of("perm", Attribute.Ints.of(0, 2, 3, 1));
    String x = net.node("Transpose", last, net.convolution(IMAGE, 3, 8));
    String y = net.node("MatMul", Map.of(), x, net.weight(8, 6));
    String z = net.node("Add", Map.of(), y, net.weight(6));
    net.assertCuts(net.node("MatMul", Map.of(), z, net.weight(6, 4)), 8 + 6);
  }

  @Test
  void matricesThatMixPositionsPassChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("MatMul", Map.of(), x, net.weight(6, 6));
    String z = net.node("MatMul", Map.of(), net.weight(6, 6), y);
    net.assertCuts(net.convolution(z, 8, 4), 8);
  }

  @Test
  void matricesOnTheLeftReadChannels() {
    String shape = net.integers(2, 8, 36);
    String x = net.node("Reshape", Map.of(), net.convolution(IMAGE, 3, 8), shape);
    net.assertCuts(net.node("MatMul", Map.of(), net.weight(4, 8), x), 8);
  }

  @Test
  void attentionOverPositionsPassesChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    String shape = net.integers(2, -1, 36);
    Map<String, Attribute> swap = Map.of("perm", Attribute.Ints.of(0, 2, 1));
    String query = net.node("Reshape", Map.of(), net.convolution(x, 8, 5), shape);
    String key = net.node("Reshape", Map.of(), net.convolution(x, 8, 5), shape);
    String value = net.node("Reshape", Map.of(), net.convolution(x, 8, 6), shape);
    String scores = net.node("MatMul", Map.of(), net.node("Transpose", swap, query), key);
    String scaled = net.node("Mul", Map.of(), scores, net.weight());
    String attention = net.node("Softmax", Map.of("axis", new Attribute.Int(-1)), scaled);
    String mixed = net.node("MatMul", Map.of(), attention, net.node("Transpose", swap, value));
    net.assertCuts(net.node("MatMul", Map.of(), mixed, net.weight(6, 4)), 8 + 5 + 6);
  }

  @Test
  void attentionInHeadsPassesWholeHeads() {
    String x = net.convolution(IMAGE, 3, 8);
    String heads = net.integers(2, 3, 2, 36);
    Map<String, Attribute> swap = Map.of("perm", Attribute.Ints.of(0, 1, 3, 2));
    String query = net.node("Reshape", Map.of(), net.convolution(x, 8, 6), heads);
    String key = net.node("Reshape", Map.of(), net.convolution(x, 8, 6), heads);
    String value = net.node("Reshape", Map.of(), net.convolution(x, 8, 6), heads);
    String scores = net.node("MatMul", Map.of(), net.node("Transpose", swap, query), key);
    String attention = net.node("Softmax", Map.of(), scores);
    String mixed = net.node("MatMul", Map.of(), value, net.node("Transpose", swap, attention));
    String joined = net.node("Reshape", Map.of(), mixed, net.integers(2, -1, 6, 6));
    net.assertCuts(net.convolution(joined, 6, 4), 8 + 3);
  }

  @Test
  void normalizationOverGroupsOfChannelsPassesWholeGroups() {
    String groups = net.integers(2, 4, -1);
    String x = net.node("Reshape", Map.of(), net.convolution(IMAGE, 3, 8), groups);
    String mean = net.node("ReduceMean", Map.of(), x, net.integers(2));
    String centred = net.node("Sub", Map.of(), x, mean);
    String y = net.node("LpNormalization", Map.of(), centred);
    String z = net.node("Reshape", Map.of(), y, net.integers(2, -1, 6, 6));
    net.assertCuts(net.convolution(z, 8, 4), 4);
  }

  @Test
  void outerProductsOfChannelsKeepThem() {
    String shape = net.integers(2, 8, 36);
    String x = net.node("Reshape", Map.of(), net.convolution(IMAGE, 3, 8), shape);
    String transposed = net.node("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1)), x);
    net.assertKeeps(net.node("MatMul", Map.of(), x, transposed), "mixes channels");
  }

  @Test
  void softmaxOverChannelsKeepsThem() {
    String y = net.node("Softmax", Map.of("axis", ONE), net.convolution(IMAGE, 3, 8));
    net.assertKeeps(net.convolution(y, 8, 4), "Softmax over channels");
  }

  @Test
  void indicesOfExtremesOverSpacePassChannels() {
    Map<String, Attribute> last = Map.of("axis", new Attribute.Int(3), "keepdims", ZERO);
    String index = net.node("ArgMax", last, net.convolution(IMAGE, 3, 8));
    String floats = net.node("Cast", Map.of("to", ONE), index);
    Map<String, Attribute> sum = Map.of("keepdims", ZERO);
    String y = net.node("ReduceSum", sum, floats, net.integers(2));
    net.assertCuts(net.node("MatMul", Map.of(), y, net.weight(8, 4)), 8);
  }

  @Test
  void layerNormalizationOverChannelsKeepsThem() {
    Map<String, Attribute> last = Map.of("perm", Attribute.Ints.of(0, 2, 3, 1));
    String x = net.node("Transpose", last, net.convolution(IMAGE, 3, 8));
    String y = net.node("LayerNormalization", Map.of(), x, net.weight(8));
    net.assertKeeps(net.node("MatMul", Map.of(), y, net.weight(8, 4)), "LayerNormalization over");
  }

  @Test
  void layerNormalizationOverSpacePassesChannels() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> space = Map.of("axis", new Attribute.Int(2));
    String y = net.node("LayerNormalization", space, x, net.weight(6, 6), net.weight(6, 6));
    net.assertCuts(net.convolution(y, 8, 4), 8);
  }

  @Test
  void deformableConvolutionsReadAndMakeChannels() {
    NetworkSketch deformed = new NetworkSketch(22);
    Map<String, Attribute> padded = Map.of("pads", Attribute.Ints.of(1, 1, 1, 1));
    String x = deformed.convolution(IMAGE, 3, 8);
    String offsets = deformed.convolution(IMAGE, 3, 18);
    String y =
        deformed.node(
            "DeformConv", padded, x, deformed.weight(6, 8, 3, 3), offsets, deformed.weight(6));
    deformed.assertCuts(deformed.convolution(y, 6, 4), 8 + 6);
  }

  @Test
  void deformableConvolutionsWithGroupsOfOffsetsKeepThemEqual() {
    NetworkSketch deformed = new NetworkSketch(22);
    String x = deformed.convolution(IMAGE, 3, 8);
    String offsets = deformed.convolution(IMAGE, 3, 2 * 2 * 9);
    String mask = deformed.node("Sigmoid", Map.of(), deformed.convolution(IMAGE, 3, 2 * 9));
    Map<String, Attribute> groups =
        Map.of("pads", Attribute.Ints.of(1, 1, 1, 1), "offset_group", new Attribute.Int(2));
    String y =
        deformed.node("DeformConv", groups, x, deformed.weight(6, 8, 3, 3), offsets, "", mask);
    deformed.assertCuts(deformed.convolution(y, 6, 4), 4 + 6);
  }
}
