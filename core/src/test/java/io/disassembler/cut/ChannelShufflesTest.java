package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Channel shuffles are permutations: whatever is kept of them is one, too. */
class ChannelShufflesTest {
  private static final Map<String, Attribute> SWAPPED =
      Map.of("perm", Attribute.Ints.of(0, 2, 1, 3, 4));

  private final NetworkSketch net = new NetworkSketch(31);

  private String shuffled(String x, String view) {
    String grouped = net.node("Reshape", Map.of(), x, view);
    String swapped = net.node("Transpose", SWAPPED, grouped);
    return net.node("Reshape", Map.of(), swapped, net.integers(-1, 8, 6, 6));
  }

  private static void assertIdentity(CutHarness harness) {
    List<double[]> same = harness.run(harness.cut(Selection.all(harness.groups)));
    assertThat(CutHarness.difference(harness.full(ForwardRequest.outputs()), same)).isZero();
  }

  @Test
  void eachChannelGoesByItself() {
    String x = net.convolution(IMAGE, 3, 8);
    CutHarness harness =
        net.assertCuts(net.convolution(shuffled(x, net.integers(-1, 2, 4, 6, 6)), 8, 4), 8);

    assertIdentity(harness);
    assertThat(harness.anatomy.network().nodes())
        .extracting(Node::operator)
        .contains("Gather")
        .doesNotContain("Reshape", "Transpose");
  }

  @Test
  void viewsOfWholeMapsAreOnesToo() {
    String x = net.convolution(IMAGE, 3, 8);
    String grouped = net.node("Reshape", Map.of(), x, net.integers(2, 4, 2, 36));
    String swapped = net.node("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1, 3)), grouped);
    String y = net.node("Reshape", Map.of(), swapped, net.integers(2, 8, 6, 6));

    assertIdentity(net.assertCuts(net.convolution(y, 8, 4), 8));
  }

  /** As in LEDNet: halves are worked on, added to what came in, and shuffled, again and again. */
  @Test
  void channelsOfAResidualPathThatIsShuffledAgainAndAgainGoByThemselves() {
    String x = net.convolution(IMAGE, 3, 8);
    for (int unit = 0; unit < 4; unit++) {
      List<String> halves =
          net.nodes("Split", Map.of("axis", new Attribute.Int(1)), 2, x, net.integers(4, 4));
      String left = net.convolution(net.convolution(halves.get(0), 4, 4), 4, 4);
      String right = net.convolution(halves.get(1), 4, 4);
      String both = net.node("Concat", Map.of("axis", new Attribute.Int(1)), left, right);
      x = shuffled(net.node("Add", Map.of(), x, both), net.integers(-1, 2, 4, 6, 6));
    }

    // Those of the path, and four inside each unit.
    assertIdentity(net.assertCuts(net.convolution(x, 8, 4), 8 + 4 * 4));
  }

  @Test
  void groupsThatAreComputedKeepTheView() {
    String x = net.convolution(IMAGE, 3, 8);
    String extents = net.node("Shape", Map.of(), x);
    String view =
        net.node(
            "Concat",
            Map.of("axis", new Attribute.Int(0)),
            net.integers(-1, 2, 4),
            net.node(
                "Slice", Map.of(), extents, net.integers(2), net.integers(4), net.integers(0)));
    CutHarness harness = net.assertCuts(net.convolution(shuffled(x, view), 8, 4), 4);

    assertThat(harness.anatomy.network().nodes())
        .extracting(Node::operator)
        .contains("Transpose")
        .doesNotContain("Gather");
  }

  @Test
  void otherViewsAreNone() {
    String x = net.convolution(IMAGE, 3, 8);
    String grouped = net.node("Reshape", Map.of(), x, net.integers(2, 2, 4, 6, 6));
    String turned =
        net.node("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1, 4, 3)), grouped);
    String y = net.node("Reshape", Map.of(), turned, net.integers(2, 8, 6, 6));
    CutHarness harness = net.endingIn(net.convolution(y, 8, 4));

    assertThat(harness.anatomy.network().nodes())
        .extracting(Node::operator)
        .contains("Transpose")
        .doesNotContain("Gather");
  }
}
