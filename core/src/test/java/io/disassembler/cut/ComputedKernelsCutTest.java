package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kernels that are computed at run time from stored ones, as in CondConv. */
class ComputedKernelsCutTest {
  private static final Map<String, Attribute> FLAT = Map.of("keepdims", new Attribute.Int(0));
  private static final Attribute PADS = Attribute.Ints.of(1, 1, 1, 1);

  private final NetworkSketch net = new NetworkSketch(21);

  /** Three shares that depend on the images. */
  private String shares(long... shape) {
    String mean = net.node("ReduceMean", FLAT, IMAGE, net.integers(0, 2, 3));
    return net.node("Reshape", Map.of(), net.node("Softmax", Map.of(), mean), net.integers(shape));
  }

  /** The sum of three layers' kernels, each times its share. */
  private String mixture(long... kernels) {
    long[] bank = {3, kernels[0], kernels[1], 3, 3};
    String scaled = net.node("Mul", Map.of(), shares(3, 1, 1, 1, 1), net.weight(bank));
    return net.node("ReduceSum", FLAT, scaled, net.integers(0));
  }

  private static void assertIdentity(CutHarness harness) {
    List<double[]> same = harness.run(harness.cut(Selection.all(harness.groups)));
    assertThat(CutHarness.difference(harness.full(ForwardRequest.outputs()), same)).isZero();
  }

  @Test
  void kernelsOfASumOfStoredOnesGo() {
    String x = net.convolution(IMAGE, 3, 8);
    String y = net.node("Conv", Map.of("pads", PADS), x, mixture(6, 8));
    assertIdentity(net.assertCuts(net.convolution(y, 6, 4), 6));
  }

  @Test
  void kernelsOfAProductOfMatricesGo() {
    String x = net.convolution(IMAGE, 3, 8);
    String rows = net.node("MatMul", Map.of(), shares(1, 3), net.weight(3, 6 * 8 * 9));
    String kernels = net.node("Reshape", Map.of(), rows, net.integers(6, 8, 3, 3));
    String y = net.node("Conv", Map.of("pads", PADS), x, kernels);
    assertIdentity(net.assertCuts(net.convolution(y, 6, 4), 6));
  }

  @Test
  void kernelsOfEachChannelGoWithIt() {
    String x = net.convolution(IMAGE, 3, 8);
    Map<String, Attribute> each = Map.of("pads", PADS, "group", new Attribute.Int(8));
    String y = net.node("Conv", each, x, mixture(8, 1));
    assertIdentity(net.assertCuts(net.convolution(y, 8, 4), 8));
  }

  @Test
  void kernelsThatAreComputedFromChannelsStay() {
    String x = net.convolution(IMAGE, 3, 8);
    String mean = net.node("ReduceMean", FLAT, x, net.integers(0, 2, 3));
    String kernels = net.node("Reshape", Map.of(), mean, net.integers(1, 8, 1, 1));
    String y = net.node("Conv", Map.of(), x, kernels);
    net.assertKeeps(net.convolution(y, 1, 4), "its weights are computed at run time");
  }
}
