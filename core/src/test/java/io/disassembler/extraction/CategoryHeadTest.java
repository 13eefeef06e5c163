package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.check.TrialRun;
import io.disassembler.data.CategoryMapping;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryHeadTest {
  private static final Shape SCORES = Shape.of(1, 4, 1, 2);
  private static final List<String> NAMES = List.of("sky", "road", "car", "tree");
  private static final Weight IMAGE = Weight.ofFloats("image", SCORES, 1, 9, 5, 2, 3, 4, -1, 8);

  private static Network network(long opset, String operator, ElementType type) {
    return new Network.Builder("net.onnx")
        .opset("", opset)
        .input(new Value("image", ElementType.FLOAT, dimensions(4)))
        .node(
            Node.of(
                "last",
                operator,
                List.of("image"),
                List.of("result"),
                operator.equals("ArgMax")
                    ? Map.of("axis", new Attribute.Int(1), "keepdims", new Attribute.Int(0))
                    : Map.of()))
        .output(new Value("result", type, dimensions(4)))
        .build();
  }

  private static List<Dimension> dimensions(long channels) {
    return List.of(
        new Dimension.Fixed(1),
        new Dimension.Fixed(channels),
        new Dimension.Fixed(1),
        new Dimension.Fixed(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {13, 18, 21})
  void putsTheLargestOfTheOthersFirstAndTheChosenInTheirOrder(long opset) {
    Network head =
        CategoryHead.attach(
            network(opset, "Identity", ElementType.FLOAT),
            CategoryMapping.of(NAMES, List.of(2, 0)),
            SCORES,
            ElementType.FLOAT,
            List.of());
    // others: road (5, 2) and tree (-1, 8); then car (3, 4) and sky (1, 9)
    assertThat(TrialRun.run(head, IMAGE, 1)).containsExactly(5, 8, 3, 4, 1, 9);
    assertThat(head.outputs().get(0).name()).isEqualTo("result");
    assertThat(head.outputs().get(0).dimensions().orElseThrow().get(1))
        .isEqualTo(new Dimension.Fixed(3));
  }

  @Test
  void forgetsADeclaredShapeOfAnotherRank() {
    Network scalar =
        network(17, "Identity", ElementType.FLOAT).toBuilder()
            .outputs(List.of(new Value("result", ElementType.FLOAT, List.of())))
            .build();
    Network head =
        CategoryHead.attach(
            scalar, CategoryMapping.of(NAMES, List.of(2, 0)), SCORES, ElementType.FLOAT, List.of());
    assertThat(head.outputs().get(0).dimensions()).isEmpty();
    assertThat(TrialRun.run(head, IMAGE, 1)).containsExactly(5, 8, 3, 4, 1, 9);
  }

  @Test
  void addsTheBalanceToTheChosen() {
    Network head =
        CategoryHead.attach(
            network(17, "Identity", ElementType.FLOAT),
            CategoryMapping.of(NAMES, List.of(2, 0)),
            SCORES,
            ElementType.FLOAT,
            List.of(0.5, -2.0));
    assertThat(TrialRun.run(head, IMAGE, 1)).containsExactly(5, 8, 3.5f, 4.5f, -1, 7);
  }

  @Test
  void leavesOutIndependentCategoriesThatAreNotChosen() {
    Network head =
        CategoryHead.attach(
            network(17, "Identity", ElementType.FLOAT),
            CategoryMapping.of(NAMES, List.of(2, 0)).independently(),
            SCORES,
            ElementType.FLOAT,
            List.of());
    assertThat(TrialRun.run(head, IMAGE, 1)).containsExactly(3, 4, 1, 9);
  }

  @Test
  void needsNoLargestOfASingleOther() {
    Network head =
        CategoryHead.attach(
            network(17, "Identity", ElementType.FLOAT),
            CategoryMapping.of(NAMES, List.of(0, 1, 2)),
            SCORES,
            ElementType.FLOAT,
            List.of());
    assertThat(TrialRun.run(head, IMAGE, 1)).containsExactly(-1, 8, 1, 9, 5, 2, 3, 4);
  }

  @Test
  void leavesANetworkAloneWhoseCategoriesAreAllChosen() {
    Network network = network(17, "Identity", ElementType.FLOAT);
    CategoryMapping all = CategoryMapping.identity(NAMES);
    assertThat(CategoryHead.attach(network, all, SCORES, ElementType.FLOAT, List.of()))
        .isSameAs(network);
    Network reordered =
        CategoryHead.attach(
            network,
            CategoryMapping.of(NAMES, List.of(3, 2, 1, 0)),
            SCORES,
            ElementType.FLOAT,
            List.of());
    assertThat(TrialRun.run(reordered, IMAGE, 1)).containsExactly(-1, 8, 3, 4, 5, 2, 1, 9);
  }

  @Test
  void renumbersTheAnswersOfANetworkThatEndsInAnArgMax() {
    Network head =
        CategoryHead.attach(
            network(17, "ArgMax", ElementType.INT64),
            CategoryMapping.of(NAMES, List.of(3, 0)),
            Shape.of(1, 1, 2),
            ElementType.INT64,
            List.of());
    // arg max: road, sky -> other, the second chosen
    assertThat(TrialRun.run(head, IMAGE, 1)).containsExactly(0, 2);
  }

  @Test
  void refusesAnOutputThatHasNotAChannelForEachCategory() {
    assertThatThrownBy(
            () ->
                CategoryHead.attach(
                    network(17, "Identity", ElementType.FLOAT),
                    CategoryMapping.of(List.of("a", "b"), List.of(0)),
                    SCORES,
                    ElementType.FLOAT,
                    List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("net.onnx")
        .hasMessageContaining("expected 2 channels");
  }
}
