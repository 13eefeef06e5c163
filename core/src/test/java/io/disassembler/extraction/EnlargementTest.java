package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnlargementTest {
  private static final int CATEGORIES = 5;
  private static final Shape SCORES = Shape.of(1, CATEGORIES, 4, 6);
  private static final Shape OUTPUT = Shape.of(1, CATEGORIES, 16, 24);
  private static final int PIXELS = 16 * 24;
  private static final CategoryMapping MAPPING =
      CategoryMapping.of(List.of("sky", "road", "car", "tree", "sign"), List.of(3, 1));

  /** How exporters say to what size. */
  private enum Sizes {
    SCALES,
    SIZES,
    SHAPE
  }

  private static List<Dimension> dimensions(Shape shape) {
    return LongStream.of(shape.dimensions()).<Dimension>mapToObj(Dimension.Fixed::new).toList();
  }

  private static Network network(Sizes sizes, String mode) {
    Network.Builder builder =
        new Network.Builder("net.onnx")
            .opset("", 13)
            .input(new Value("image", ElementType.FLOAT, dimensions(SCORES)))
            .annotation(new Value("low", ElementType.FLOAT, dimensions(SCORES)))
            .node(Node.of("last", "Tanh", List.of("image"), List.of("low"), Map.of()));
    Map<String, Attribute> attributes = Map.of("mode", new Attribute.Text(mode));
    List<String> inputs;
    switch (sizes) {
      case SCALES -> {
        builder.weight(Weight.ofFloats("scales", Shape.of(4), 1, 1, 4, 4));
        inputs = List.of("low", "", "scales");
      }
      case SIZES -> {
        builder.weight(Weight.ofLongs("sizes", OUTPUT.dimensions()));
        inputs = List.of("low", "", "", "sizes");
      }
      default -> {
        builder
            .weight(Weight.ofLongs("from", 0))
            .weight(Weight.ofLongs("to", 2))
            .weight(Weight.ofLongs("size", 16, 24))
            .node(Node.of("", "Shape", List.of("low"), List.of("shape"), Map.of()))
            .node(Node.of("", "Slice", List.of("shape", "from", "to"), List.of("front"), Map.of()))
            .node(
                Node.of(
                    "",
                    "Concat",
                    List.of("front", "size"),
                    List.of("sizes"),
                    Map.of("axis", new Attribute.Int(0))));
        inputs = List.of("low", "", "", "sizes");
      }
    }
    return builder
        .node(Node.of("up", "Resize", inputs, List.of("scores"), attributes))
        .output(new Value("scores", ElementType.FLOAT, dimensions(OUTPUT)))
        .build();
  }

  private static Weight image() {
    Random random = new Random(11);
    float[] pixels = new float[Math.toIntExact(SCORES.elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats("image", SCORES, pixels);
  }

  private static Network early(Network network) {
    Enlargement found = Enlargement.of(network, CATEGORIES).orElseThrow();
    return CategoryHead.attach(network, MAPPING, found, 4, List.of(0.5, 0.0));
  }

  private static Network late(Network network) {
    return CategoryHead.attach(network, MAPPING, OUTPUT, ElementType.FLOAT, List.of(0.5, 0.0));
  }

  @ParameterizedTest
  @EnumSource(Sizes.class)
  void reducesTheScoresBeforeTheyAreEnlarged(Sizes sizes) {
    Network early = early(network(sizes, "nearest"));
    List<String> operators = early.nodes().stream().map(Node::operator).toList();
    assertThat(operators.indexOf("ReduceMax")).isLessThan(operators.indexOf("Resize"));
    assertThat(early.outputs()).isEqualTo(late(network(sizes, "nearest")).outputs());
    assertThat(early.annotations()).doesNotContainKey("low");
    assertThat(TrialRun.run(early, image(), 1))
        .containsExactly(TrialRun.run(late(network(sizes, "nearest")), image(), 1));
  }

  @ParameterizedTest
  @EnumSource(Sizes.class)
  void interpolatesTheChosenAlikeAndTheOthersNoLower(Sizes sizes) {
    float[] early = TrialRun.run(early(network(sizes, "linear")), image(), 1);
    float[] late = TrialRun.run(late(network(sizes, "linear")), image(), 1);
    assertThat(early).hasSize(3 * PIXELS);
    for (int i = 0; i < early.length; i++) {
      if (i < PIXELS) {
        assertThat(early[i]).isGreaterThanOrEqualTo(late[i] - 1e-5f);
      } else {
        assertThat(early[i]).isCloseTo(late[i], within(1e-5f));
      }
    }
  }

  @Test
  void staysAwayFromWhatItWouldChange() {
    Network network = network(Sizes.SIZES, "linear");
    assertThat(Enlargement.of(network(Sizes.SIZES, "cubic"), CATEGORIES)).isEmpty();
    // These sizes are not about so many categories.
    assertThat(Enlargement.of(network, CATEGORIES + 1)).isEmpty();
    Network read =
        network.toBuilder()
            .node(Node.of("", "Relu", List.of("low"), List.of("also"), Map.of()))
            .output(new Value("also", ElementType.FLOAT, dimensions(SCORES)))
            .build();
    assertThat(Enlargement.of(read, CATEGORIES)).isEmpty();
    Network twice =
        network.toBuilder().output(new Value("low", ElementType.FLOAT, dimensions(SCORES))).build();
    assertThat(Enlargement.of(twice, CATEGORIES)).isEmpty();
  }
}
