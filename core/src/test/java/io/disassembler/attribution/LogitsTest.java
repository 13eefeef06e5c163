package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.DecisionRule;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Interval;
import io.disassembler.operator.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogitsTest {
  private static final Attribute CHANNELS = new Attribute.Int(1);

  /** The small network with more nodes behind its logits; the last one's output is the output. */
  private static Anatomy behind(Node... nodes) {
    Network.Builder builder = SmallNetwork.network(1).toBuilder();
    builder.weight(Weight.ofFloats("one", Shape.of(1, 4, 1, 1), 1, 1, 1, 1));
    builder.weight(Weight.ofLongs("axis", 1));
    for (Node node : nodes) {
      builder.node(node);
    }
    String output = nodes[nodes.length - 1].outputs().get(0);
    return SmallNetwork.anatomy(
        builder.outputs(List.of(new Value(output, ElementType.FLOAT, List.of()))).build());
  }

  private static Node node(
      String operator, List<String> inputs, String output, Map<String, Attribute> attributes) {
    return Node.of(output, operator, inputs, List.of(output), attributes);
  }

  private static Logits competing(String output, String value, int categories) {
    return new Logits(
        output,
        value,
        categories,
        Optional.of(Interval.UNIT),
        Optional.of(DecisionRule.EXCLUSIVE),
        value,
        Optional.empty());
  }

  @Test
  void areTheOutputWhereNothingIsDecided() {
    Anatomy anatomy = SmallNetwork.anatomy(SmallNetwork.network(1));
    assertThat(Logits.of(anatomy)).isEqualTo(new Logits("logits", "logits", 4));
  }

  @Test
  void areBehindProbabilitiesAndLabels() {
    Anatomy anatomy =
        behind(
            node("Softmax", List.of("logits"), "p", Map.of("axis", CHANNELS)),
            node("Identity", List.of("p"), "q", Map.of()),
            node("ArgMax", List.of("q"), "labels", Map.of("axis", CHANNELS)),
            node("Squeeze", List.of("labels", "axis"), "flat", Map.of()));
    assertThat(Logits.of(anatomy)).isEqualTo(competing("flat", "logits", 4));
  }

  @Test
  void ofEachCategoryAreBehindASigmoid() {
    Anatomy anatomy = behind(node("Sigmoid", List.of("logits"), "p", Map.of()));
    Logits logits = Logits.of(anatomy);
    assertThat(logits.value()).isEqualTo("logits");
    assertThat(logits.rule()).contains(DecisionRule.INDEPENDENT);
    assertThat(logits.threshold(0.7)).isEqualTo(0.7);
  }

  /** As in sub-networks for some of them. */
  @Test
  void ofSomeCategoriesAreThoseBehindTheirSigmoids() {
    Network.Builder builder = SmallNetwork.network(1).toBuilder();
    builder.weight(Weight.ofLongs("chosen", 3, 1));
    builder.node(node("Sigmoid", List.of("logits"), "all", Map.of()));
    builder.node(node("Gather", List.of("all", "chosen"), "p", Map.of("axis", CHANNELS)));
    Anatomy anatomy =
        SmallNetwork.anatomy(
            builder.outputs(List.of(new Value("p", ElementType.FLOAT, List.of()))).build());
    Logits logits = Logits.of(anatomy);
    assertThat(logits.rule()).contains(DecisionRule.INDEPENDENT);
    assertThat(logits.categories()).isEqualTo(2);
    assertThat(logits.source()).isEqualTo("logits");
    Shape shape = anatomy.probe().shape("image");
    Map<String, Weight> image =
        Map.of("image", Weight.ofFloats("image", shape, gaussians((int) shape.elements())));
    try (Engine engine = Engine.of(logits.program(anatomy))) {
      engine.run(
          image,
          ForwardRequest.keeping(Set.of("logits", logits.value())),
          forward -> {
            float[] all = TensorData.floats(forward.value("logits"));
            int area = all.length / 4;
            assertThat(TensorData.floats(forward.value(logits.value())))
                .startsWith(java.util.Arrays.copyOfRange(all, 3 * area, 4 * area))
                .endsWith(java.util.Arrays.copyOfRange(all, area, 2 * area));
            return 0;
          });
    }
  }

  private static float[] gaussians(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void competeWhereAnArgMaxComesLast() {
    Anatomy anatomy =
        behind(
            node("Sigmoid", List.of("logits"), "p", Map.of()),
            node("ArgMax", List.of("p"), "labels", Map.of("axis", CHANNELS)));
    assertThat(Logits.of(anatomy).rule()).contains(DecisionRule.EXCLUSIVE);
  }

  @Test
  void ofOneCategoryAreFoundBehindASqueeze() {
    Anatomy anatomy =
        behind(
            node("Conv", List.of("logits", "one"), "y", Map.of()),
            node("Squeeze", List.of("y", "axis"), "flat", Map.of()));
    assertThat(Logits.of(anatomy)).isEqualTo(new Logits("flat", "y", 1));
  }

  @Test
  void areNotLookedForBehindOtherOperators() {
    Anatomy anatomy =
        behind(
            node("Sigmoid", List.of("logits"), "gate", Map.of()),
            node("Add", List.of("gate", "logits"), "y", Map.of()));
    assertThat(Logits.of(anatomy)).isEqualTo(new Logits("y", "y", 4));
  }

  @Test
  void layersThatOnlyOtherOutputsNeedAreNotAttributed() {
    Anatomy anatomy =
        behind(
            node("Conv", List.of("logits", "one"), "auxiliary", Map.of()),
            node("Identity", List.of("logits"), "y", Map.of()));
    assertThat(FeatureMaps.of(anatomy, Logits.of(anatomy))).hasSize(4);
  }

  @Test
  void aNetworkWithoutSpatialOutputIsRefused() {
    Anatomy anatomy = behind(node("GlobalAveragePool", List.of("logits"), "scores", Map.of()));
    assertThatThrownBy(() -> Logits.of(anatomy))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("small.onnx")
        .hasMessageContaining("no spatial output")
        .hasMessageContaining("'scores' [1, 4, 1, 1]");
    assertThatThrownBy(() -> Logits.of(anatomy, "scores")).hasMessageContaining("'scores'");
    assertThatThrownBy(() -> Logits.of(anatomy, "masks")).hasMessageContaining("[scores]");
  }

  /** A factor below 1 for the axis of images leaves none. */
  @Test
  void aNetworkWhoseOutputHasNoImageIsRefused() {
    Network.Builder builder =
        SmallNetwork.network(1).toBuilder()
            .weight(Weight.ofFloats("factors", Shape.of(4), 0.5f, 1, 1, 1))
            .node(node("Resize", List.of("logits", "", "factors"), "none", Map.of()));
    Anatomy anatomy =
        SmallNetwork.anatomy(
            builder.outputs(List.of(new Value("none", ElementType.FLOAT, List.of()))).build());
    assertThatThrownBy(() -> Logits.of(anatomy))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'none' [0, 4, 4, 6]");
  }
}
