package io.disassembler.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCheckTest {
  @TempDir Path folder = Path.of("");

  @Test
  void tellsOfEveryRunAndEveryCutOfANetworkThatWorks() {
    Network network = network(1);
    CheckResult result = check(write(network), network, 4);
    assertThat(result.holds()).isTrue();
    assertThat(result.parities())
        .extracting(run -> run.input().dimension(0))
        .contains(1L, 2L)
        .hasSizeGreaterThanOrEqualTo(6);
    assertThat(result.parities()).allSatisfy(run -> assertThat(run.holds()).isTrue());
    assertThat(result.cuts()).hasSize(4).allSatisfy(cut -> assertThat(cut.holds()).isTrue());
    assertThat(result.cuts()).allSatisfy(cut -> assertThat(cut.keptMacs()).isBetween(0.05, 0.95));
    assertThat(result.inspection().cuttableShare()).isEqualTo(1);
    assertThat(result.largestError()).isLessThanOrEqualTo(TrialRun.TOLERANCE);
  }

  @Test
  void isTheSameForTheSameSeed() {
    Network network = network(1);
    Path file = write(network);
    assertThat(check(file, network, 3).cuts().stream().map(CutCheck::keptMacs).toList())
        .isEqualTo(check(file, network, 3).cuts().stream().map(CutCheck::keptMacs).toList());
  }

  @Test
  void doesNotHoldWhereOnnxRuntimeComputesSomethingElse() {
    CheckResult result = check(write(network(1)), network(2), 0);
    assertThat(result.holds()).isFalse();
    assertThat(result.largestError()).isGreaterThan(0.01);
    assertThat(CheckReport.table(result)).contains("NO");
    assertThat(CheckReport.json(result)).contains("\"holds\" : false");
  }

  @Test
  void reportsOneRowForEachComparison() {
    Network network = network(1);
    CheckResult result = check(write(network), network, 2);
    List<String> lines = CheckReport.table(result).lines().toList();
    assertThat(lines).hasSize(1 + result.parities().size() + 2 + 1);
    assertThat(lines.get(lines.size() - 1)).startsWith("all").contains("100.0 % can be cut");
    assertThat(CheckReport.json(result)).contains("\"cuttableMacsShare\" : 1.0");
  }

  @Test
  void comparesCategoryNumbersByTheShareOfPixelsThatAgree() {
    Network.Builder numbers = network(1).toBuilder();
    numbers.node(
        Node.of(
            "decision",
            "ArgMax",
            List.of("logits"),
            List.of("numbers"),
            Map.of("axis", new Attribute.Int(1), "keepdims", new Attribute.Int(0))));
    numbers.outputs(List.of(new Value("numbers", ElementType.INT64, List.of())));
    Network network = numbers.build();

    CheckResult result = check(write(network), network, 3);

    assertThat(result.holds()).as(CheckReport.table(result)).isTrue();
    assertThat(result.largestError()).isZero();
    for (CutCheck cut : result.cuts()) {
      assertThat(cut.masked().agreement().orElseThrow().share()).isGreaterThan(0.999);
      assertThat(cut.runtime().agreement().orElseThrow().pixels()).isEqualTo(64 * 64);
    }
  }

  @Test
  void namesTheInputsOnWhichOnnxRuntimeCannotRunItEither() {
    Network.Builder builder = network(1).toBuilder();
    Map<String, Attribute> half = Map.of("strides", Attribute.Ints.of(2, 2));
    builder.node(Node.of("half", "Conv", List.of("logits", "square"), List.of("small"), half));
    builder.node(
        Node.of(
            "double",
            "Resize",
            List.of("small", "", "twice"),
            List.of("large"),
            Map.of("mode", new Attribute.Text("nearest"))));
    builder.weight(weight("square", Shape.of(4, 4, 1, 1), new Random(3)));
    builder.weight(Weight.ofFloats("twice", Shape.of(4), 1, 1, 2, 2));
    builder.node(Node.of("join", "Add", List.of("large", "logits"), List.of("sum"), Map.of()));
    builder.outputs(List.of(new Value("sum", ElementType.FLOAT, List.of())));
    Network network = builder.build();

    CheckResult result = check(write(network), network, 0);

    assertThat(result.holds()).isTrue();
    assertThat(result.skipped())
        .extracting(SkippedRun::input)
        .contains(Shape.of(1, 3, 37, 32), Shape.of(2, 3, 37, 32));
    assertThat(CheckReport.table(result)).contains("not compared on [1, 3, 37, 32]: ");
    assertThat(CheckReport.json(result)).contains("\"skipped\" : [ {");
  }

  @Test
  void looksBeforeADecisionThatIsTheSameEverywhere() {
    Network saturated = saturated(1);

    CheckResult result = check(write(saturated), saturated, 2);

    assertThat(result.holds()).as(CheckReport.table(result)).isTrue();
    assertThat(result.largestError()).isBetween(0.0, TrialRun.TOLERANCE);
    assertThat(CheckReport.table(result)).contains("compared before the final Sigmoid");
  }

  /** Probabilities of e^-40 and less. */
  private static Network saturated(long seed) {
    return network(seed).toBuilder()
        .weight(Weight.ofFloats("far", Shape.of(1), -40))
        .node(Node.of("away", "Add", List.of("logits", "far"), List.of("low"), Map.of()))
        .node(Node.of("squash", "Sigmoid", List.of("low"), List.of("shares"), Map.of()))
        .outputs(List.of(new Value("shares", ElementType.FLOAT, List.of())))
        .build();
  }

  @Test
  void categoriesWithTheSameScoreAreTheSame() {
    Network network = network(1);
    Weight weights = network.weight("second").orElseThrow();
    float[] values = weights.floats();
    int kernel = values.length / 4;
    for (int i = 0; i < kernel; i++) {
      values[kernel + i] = values[i] * (1 + 3e-7f);
    }
    Network tied =
        network.toBuilder()
            .weight(Weight.ofFloats(weights.name(), weights.shape(), values))
            .build();

    CheckResult result = check(write(tied), tied, 2);

    assertThat(result.holds()).as(CheckReport.table(result)).isTrue();
  }

  @Test
  void toleratesWhatOnnxRuntimeDiffersFromItself() {
    Network network =
        network(1).toBuilder()
            .weight(Weight.ofFloats("far", Shape.of(1), 100_000))
            .node(Node.of("away", "Add", List.of("logits", "far"), List.of("high"), Map.of()))
            .node(Node.of("back", "Sub", List.of("high", "far"), List.of("low"), Map.of()))
            .outputs(List.of(new Value("low", ElementType.FLOAT, List.of())))
            .build();

    CheckResult result = check(write(network), network, 2);

    assertThat(result.largestError()).isGreaterThan(TrialRun.TOLERANCE);
    assertThat(result.holds()).as(CheckReport.table(result)).isTrue();
    assertThat(CheckReport.table(result)).contains("ONNX Runtime without its optimisations");
  }

  private Path write(Network network) {
    Path file = folder.resolve("network.onnx");
    OnnxWriter.write(network, file);
    return file;
  }

  private static CheckResult check(Path file, Network network, int cuts) {
    NetworkInput input = NetworkInput.of(network, new Size(64, 64));
    return NetworkCheck.run(
        file, network, input, Anatomy.of(network, input.shapes()), new CheckSettings(cuts, 5, 1));
  }

  /** Two convolutions for images of any size. */
  private static Network network(long seed) {
    Random random = new Random(seed);
    List<Dimension> any =
        List.of(
            new Dimension.Symbolic("batch"),
            new Dimension.Fixed(3),
            new Dimension.Symbolic("height"),
            new Dimension.Symbolic("width"));
    return new Network.Builder("two.onnx")
        .opset("", 17)
        .input(new Value("image", ElementType.FLOAT, any))
        .weight(weight("first", Shape.of(16, 3, 3, 3), random))
        .weight(weight("second", Shape.of(4, 16, 1, 1), random))
        .node(
            Node.of(
                "convolution",
                "Conv",
                List.of("image", "first"),
                List.of("features"),
                Map.of("pads", Attribute.Ints.of(1, 1, 1, 1))))
        .node(
            Node.of(
                "classifier", "Conv", List.of("features", "second"), List.of("logits"), Map.of()))
        .output(
            new Value(
                "logits",
                ElementType.FLOAT,
                List.of(any.get(0), new Dimension.Fixed(4), any.get(2), any.get(3))))
        .build();
  }

  private static Weight weight(String name, Shape shape, Random random) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats(name, shape, values);
  }
}
