package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ChosenOutputTest {
  private static final Map<String, Shape> IMAGE = Map.of("image", Shape.of(1, 3, 8, 8));

  /**
   * An encoder with a main head, an auxiliary head, and image-level scores. The encoder's feature
   * map is read by all heads.
   */
  private static Network network(String... outputs) {
    return new Network.Builder("heads.onnx")
        .opset("", 17)
        .input(value("image"))
        .weight(weight("encoder.w", 6, 3))
        .weight(weight("main.w", 4, 6))
        .weight(weight("auxiliary.w", 4, 6))
        .node(convolution("image", "encoder"))
        .node(convolution("encoder", "auxiliary"))
        .node(convolution("encoder", "main"))
        .node(Node.of("pool", "GlobalAveragePool", List.of("main"), List.of("scores"), Map.of()))
        .node(
            Node.of(
                "argmax",
                "ArgMax",
                List.of("auxiliary"),
                List.of("labels"),
                Map.of("axis", new Attribute.Int(1), "keepdims", new Attribute.Int(0))))
        .outputs(Arrays.stream(outputs).map(ChosenOutputTest::value).toList())
        .build();
  }

  @Test
  void isTheFirstWithSpatialAxes() {
    List<String> warnings = new ArrayList<>();
    Network chosen =
        ChosenOutput.first(
            network("scores", "main", "auxiliary"), IMAGE, OptionalInt.empty(), 1, warnings::add);

    assertThat(warnings)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("heads.onnx has the outputs [scores, main, auxiliary]; 'main' is taken");
    assertThat(chosen.outputs()).extracting(Value::name).containsExactly("main");
    assertThat(chosen.nodes()).extracting(Node::name).containsExactly("encoder", "main");
    assertThat(chosen.weights()).containsOnlyKeys("encoder.w", "main.w");
  }

  @Test
  void isTheLargestForTheSameCategories() {
    List<String> warnings = new ArrayList<>();
    Network chosen =
        ChosenOutput.first(
            resolutions("quarter", "encoder", "half", "main", "again"),
            IMAGE,
            OptionalInt.empty(),
            1,
            warnings::add);

    assertThat(chosen.outputs()).extracting(Value::name).containsExactly("main");
    assertThat(chosen.nodes()).extracting(Node::name).containsExactly("encoder", "main");
    assertThat(warnings)
        .containsExactly(
            "heads.onnx has the outputs [quarter, encoder, half, main, again]; 'main' is taken, the largest for 4 categories (quarter has 4 pixels, half has 16 pixels, main has 64 pixels, again has 64 pixels), and what only the others need is left out");
  }

  @Test
  void isOneForAsManyCategoriesAsTheCardHas() {
    Network network = resolutions("encoder", "quarter", "half");
    List<String> warnings = new ArrayList<>();

    assertThat(taken(network, OptionalInt.empty())).isEqualTo("encoder");
    assertThat(taken(network, OptionalInt.of(6))).isEqualTo("encoder");
    assertThat(taken(network, OptionalInt.of(5))).isEqualTo("encoder");
    assertThat(taken(network, OptionalInt.of(4))).isEqualTo("half");
    ChosenOutput.first(resolutions("encoder", "half"), IMAGE, OptionalInt.of(4), 1, warnings::add);
    assertThat(warnings)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("'half' is taken, the first with as many categories as the card has");
  }

  @Test
  void isTheLargestWithChannelsLastToo() {
    Network.Builder last = resolutions().toBuilder();
    for (String head : List.of("quarter", "half", "main")) {
      last.node(
          Node.of(
              "turn " + head,
              "Transpose",
              List.of(head),
              List.of(head + " last"),
              Map.of("perm", Attribute.Ints.of(0, 2, 3, 1))));
    }
    Network network =
        last.outputs(List.of(value("quarter last"), value("half last"), value("main last")))
            .build();

    assertThat(taken(network, OptionalInt.empty())).isEqualTo("main last");
  }

  private static String taken(Network network, OptionalInt categories) {
    return ChosenOutput.first(network, IMAGE, categories, 1, warning -> {}).outputs().get(0).name();
  }

  /** The same with heads on what is pooled. */
  private static Network resolutions(String... outputs) {
    return network().toBuilder()
        .weight(weight("half.w", 4, 6))
        .weight(weight("quarter.w", 4, 6))
        .weight(weight("again.w", 4, 6))
        .node(pool("encoder", "pooled"))
        .node(pool("pooled", "deep"))
        .node(Node.of("half", "Conv", List.of("pooled", "half.w"), List.of("half"), Map.of()))
        .node(
            Node.of("quarter", "Conv", List.of("deep", "quarter.w"), List.of("quarter"), Map.of()))
        .node(convolution("encoder", "again"))
        .outputs(Arrays.stream(outputs).map(ChosenOutputTest::value).toList())
        .build();
  }

  private static Node pool(String from, String to) {
    return Node.of(
        to,
        "MaxPool",
        List.of(from),
        List.of(to),
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2)));
  }

  /** As MaskFormer ends: N x queries x (categories and none), N x queries x h x w. */
  @Test
  void isNoMaskForEachQuery() {
    Network queries =
        network("main").toBuilder()
            .weight(weight("classes.w", 4, 6))
            .weight(Weight.ofLongs("by query", 1, 4, 4))
            .node(convolution("encoder", "classes"))
            .node(
                Node.of(
                    "pool2", "GlobalAveragePool", List.of("classes"), List.of("pooled"), Map.of()))
            .node(Node.of("grow", "Expand", List.of("pooled", "wide"), List.of("grown"), Map.of()))
            .node(
                Node.of(
                    "rows", "Reshape", List.of("grown", "by query"), List.of("class"), Map.of()))
            .weight(Weight.ofLongs("wide", 1, 4, 2, 2))
            .outputs(List.of(value("class"), value("main")))
            .build();
    assertThatThrownBy(
            () -> ChosenOutput.first(queries, IMAGE, OptionalInt.empty(), 1, warning -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("output 'main' has a mask for each of 4 queries")
        .hasMessageContaining("output 'class' says of which category");
  }

  @Test
  void isNoPartOfTheMasksOfSingleObjects() {
    Network objects = network("scores", "main").toBuilder().metadata("task", "segment").build();
    assertThatThrownBy(
            () -> ChosenOutput.first(objects, IMAGE, OptionalInt.empty(), 1, warning -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its metadata says 'task: segment'");
  }

  @Test
  void mayBeCategoryNumbers() {
    Network chosen =
        ChosenOutput.first(
            network("scores", "labels", "main"), IMAGE, OptionalInt.empty(), 1, warning -> {});

    assertThat(chosen.outputs()).extracting(Value::name).containsExactly("labels");
    assertThat(chosen.nodes())
        .extracting(Node::name)
        .containsExactly("encoder", "auxiliary", "argmax");
  }

  @Test
  void mayBeReadByWhatTheOthersNeed() {
    Network chosen = ChosenOutput.named(network("auxiliary", "labels", "main"), "auxiliary");

    assertThat(chosen.outputs()).extracting(Value::name).containsExactly("auxiliary");
    assertThat(chosen.nodes()).extracting(Node::name).containsExactly("encoder", "auxiliary");
  }

  @Test
  void mayNeedWhatIsAnOutputItself() {
    Network chosen = ChosenOutput.named(network("encoder", "main"), "main");

    assertThat(chosen.outputs()).extracting(Value::name).containsExactly("main");
    assertThat(chosen.nodes()).extracting(Node::name).containsExactly("encoder", "main");
  }

  @Test
  void leavesANetworkWithoutChoiceAlone() {
    Network one = network("scores");
    Network none = network("scores", "encoder.w");

    List<String> warnings = new ArrayList<>();

    assertThat(ChosenOutput.first(one, IMAGE, OptionalInt.empty(), 1, warnings::add)).isSameAs(one);
    assertThat(
            ChosenOutput.first(
                none, Map.of("image", Shape.of(1, 3, 1, 1)), OptionalInt.empty(), 1, warnings::add))
        .isSameAs(none);
    assertThat(warnings).isEmpty();
  }

  @Test
  void mustExist() {
    assertThatThrownBy(() -> ChosenOutput.named(network("main", "auxiliary"), "aux"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("heads.onnx: there is no output 'aux'; expected one of [main, auxiliary]");
  }

  private static Node convolution(String from, String to) {
    return Node.of(to, "Conv", List.of(from, to + ".w"), List.of(to), Map.of());
  }

  private static Weight weight(String name, int kernels, int channels) {
    float[] values = new float[kernels * channels];
    Arrays.fill(values, 0.5f);
    return Weight.ofFloats(name, Shape.of(kernels, channels, 1, 1), values);
  }

  private static Value value(String name) {
    return new Value(name, ElementType.FLOAT, List.of());
  }
}
