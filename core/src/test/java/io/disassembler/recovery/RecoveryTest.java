package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.Cutter;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Selection;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network whose fourth feature channel is a known function of the others. */
class RecoveryTest {
  private static final Shape IMAGE = Shape.of(1, 3, 12, 12);
  private static final int REDUNDANT = 3;
  private final Random random = new Random(5);

  /**
   * The kernels of layer one: the last is a combination of the others, plus a bias of its own where
   * an intercept can be folded exactly.
   */
  private Network network(String reader) {
    float[] kernels = gaussians(4 * 3);
    for (int i = 0; i < 3; i++) {
      kernels[REDUNDANT * 3 + i] = 2 * kernels[i] - kernels[3 + i];
    }
    boolean transposed = reader.equals("ConvTranspose");
    Shape second = transposed ? Shape.of(4, 5, 2, 2) : Shape.of(5, 4, 3, 3);
    return new Network.Builder("test.onnx")
        .opset("", 17)
        .input(new Value("image", ElementType.FLOAT, dimensions(3, 12)))
        .weight(Weight.ofFloats("w1", Shape.of(4, 3, 1, 1), kernels))
        .weight(Weight.ofFloats("b1", Shape.of(4), 0.3f, -0.2f, 0.5f, transposed ? 0.8f : 7))
        .weight(Weight.ofFloats("w2", second, gaussians((int) second.elements())))
        .weight(Weight.ofFloats("w3", Shape.of(3, 5, 1, 1), gaussians(15)))
        .node(Node.of("first", "Conv", List.of("image", "w1", "b1"), List.of("a"), Map.of()))
        .node(
            Node.of(
                "second",
                reader,
                List.of("a", "w2"),
                List.of("b"),
                transposed ? Map.of("strides", Attribute.Ints.of(2, 2)) : Map.of()))
        .node(Node.of("relu", "Relu", List.of("b"), List.of("c"), Map.of()))
        .node(Node.of("third", "Conv", List.of("c", "w3"), List.of("logits"), Map.of()))
        .output(new Value("logits", ElementType.FLOAT, dimensions(3, transposed ? 24 : 10)))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv", "ConvTranspose"})
  void ridgeRestoresWhatTheKeptChannelsDetermine(String reader) {
    Anatomy anatomy = Anatomy.of(network(reader), Map.of("image", IMAGE));
    Profile profile = Profiles.random(anatomy, 8, 1);
    Selection selection = without(anatomy, REDUNDANT);
    assertThat(error(anatomy, selection, profile, RecoveryMethod.RIDGE)).isLessThan(0.01);
    assertThat(error(anatomy, selection, profile, RecoveryMethod.MEAN)).isBetween(0.01, 0.9);
    assertThat(error(anatomy, selection, profile, RecoveryMethod.NONE))
        .isGreaterThan(error(anatomy, selection, profile, RecoveryMethod.MEAN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv", "ConvTranspose"})
  void reconstructionRanksARedundantChannelLowest(String reader) {
    Anatomy anatomy = Anatomy.of(network(reader), Map.of("image", IMAGE));
    double[] scores =
        Criterion.RECONSTRUCTION.score(anatomy, Profiles.random(anatomy, 8, 1), List.of(0));
    int[] groups = anatomy.groups().channels("a").orElseThrow().groups();
    // Any of the three that the combination binds together can go first; the free one cannot.
    double free = scores[groups[2]];
    double first = Math.min(scores[groups[0]], Math.min(scores[groups[1]], scores[groups[3]]));
    assertThat(first).isLessThan(free);
  }

  private static double error(
      Anatomy anatomy, Selection selection, Profile profile, RecoveryMethod method) {
    Weight image = Weight.ofFloats("image", IMAGE, new RecoveryTest().gaussians(3 * 144));
    Network cut = Cutter.cut(Recovery.recover(anatomy, selection, profile, method), selection);
    return TrialRun.difference(
        TrialRun.run(anatomy.network(), image, 1), TrialRun.run(cut, image, 1));
  }

  private static Selection without(Anatomy anatomy, int channel) {
    BitSet kept = Selection.all(anatomy.groups()).kept();
    kept.clear(anatomy.groups().channels("a").orElseThrow().groups()[channel]);
    return Selection.of(anatomy.groups(), kept);
  }

  private float[] gaussians(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static List<Dimension> dimensions(long channels, long size) {
    return List.of(
        new Dimension.Fixed(1),
        new Dimension.Fixed(channels),
        new Dimension.Fixed(size),
        new Dimension.Fixed(size));
  }
}
