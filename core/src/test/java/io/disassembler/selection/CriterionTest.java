package io.disassembler.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileHeader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Criteria on networks so small that their scores are worked out by hand. */
class CriterionTest {
  private static final FeatureMap MAP = new FeatureMap("map", 1, 3);

  /** image (1, 2, 2, 2) - 3 kernels - [BatchNormalization] - Relu - 2 kernels, all 1 x 1. */
  private static Network network(boolean normalised) {
    Network.Builder builder =
        new Network.Builder("hand.onnx")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, List.of()))
            .weight(Weight.ofFloats("a", Shape.of(3, 2, 1, 1), new float[] {1, -2, 0, 3, 2, 0}))
            .weight(Weight.ofFloats("b", Shape.of(2, 3, 1, 1), new float[] {1, 0, -2, -3, 1, .5f}))
            .node(node("Conv", "x", "image", "a"));
    if (normalised) {
      for (String parameter : List.of("shift", "mean", "variance")) {
        builder.weight(Weight.ofFloats(parameter, Shape.of(3), new float[] {1, 1, 1}));
      }
      builder.weight(Weight.ofFloats("scale", Shape.of(3), new float[] {.5f, -2, 1}));
      builder.node(node("BatchNormalization", "y", "x", "scale", "shift", "mean", "variance"));
    }
    return builder
        .node(node("Relu", "map", normalised ? "y" : "x"))
        .node(node("Conv", "logits", "map", "b"))
        .output(new Value("logits", ElementType.FLOAT, List.of()))
        .build();
  }

  private static Node node(String operator, String output, String... inputs) {
    return Node.of(output, operator, List.of(inputs), List.of(output), Map.of());
  }

  private static Anatomy anatomy(Network network, int channels) {
    return Anatomy.of(network, Map.of("image", Shape.of(1, channels, 2, 2)));
  }

  private static Profile profile(String image, long pixels, double... sumsAndSquaresAndPositives) {
    double[] given = sumsAndSquaresAndPositives;
    double[] cross = {given[3], 0, 0, 0, given[4], 0, 0, 0, given[5]};
    Moments moments =
        new Moments(
            pixels,
            new double[] {given[0], given[1], given[2]},
            cross,
            new double[] {given[6], given[7], given[8]});
    ProfileAccumulator sum = new ProfileAccumulator(header(), List.of(MAP));
    sum.add(new ImageProfile(image, image.hashCode(), Map.of(), Map.of("map", moments)));
    return sum.toProfile();
  }

  private static ProfileHeader header() {
    return new ProfileHeader("ab", List.of("road", "car"), 0.9, 3, new Size(2, 2), false, "test");
  }

  /** Scores of the three kernels of the first layer. */
  private static double[] scores(Criterion criterion, boolean normalised, Profile profile) {
    Anatomy anatomy = anatomy(network(normalised), 2);
    double[] scores = criterion.score(anatomy, profile, List.of(1));
    Channels channels = anatomy.groups().channels("map").orElseThrow();
    return new double[] {
      scores[channels.groups()[0]], scores[channels.groups()[1]], scores[channels.groups()[2]]
    };
  }

  private static final Profile PROFILE = profile("one", 4, 2, 4, 1, 1, 4, 16, 1, 4, 2);

  @ParameterizedTest
  @CsvSource({
    "L1, 3, 3, 2",
    "L2, 5, 9, 4",
    // sqrt(26) between the first two, sqrt(5) first to third, sqrt(13) second to third
    "FPGM, 7.335087491, 8.704570789, 5.841619253",
    "ACTIVATION, 0.5, 1, 0.25",
    "APOZ, 0.25, 1, 0.5",
    // read with 4, 1, 2.5; root mean squares 0.5, 1, 2
    "WANDA, 2, 1, 5",
  })
  void scoresAreWhatTheDefinitionsSay(Criterion criterion, double a, double b, double c) {
    assertThat(scores(criterion, false, PROFILE))
        .containsExactly(new double[] {a, b, c}, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"ACTIVATION, 1, 0.5, 0.5", "APOZ, 0.5, 0.75, 0.5", "WANDA, 4, 1, 2.5"})
  void aMergedProfileIsScoredAsAWhole(Criterion criterion, double a, double b, double c) {
    Profile other = profile("two", 4, 6, 0, 3, 7, 4, -8, 3, 2, 2);
    assertThat(scores(criterion, false, other.merge(PROFILE)))
        .containsExactly(new double[] {a, b, c}, within(1e-6));
  }

  @Test
  void batchNormalizationScalesCountWithoutTheirSign() {
    assertThat(scores(Criterion.BN_SCALE, true, PROFILE)).containsExactly(0.5, 2, 1);
  }

  @Test
  void aNetworkWhoseBatchNormalizationIsFoldedIsTold() {
    assertThatThrownBy(() -> scores(Criterion.BN_SCALE, false, PROFILE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("hand.onnx: has no BatchNormalization")
        .hasMessageContaining("another criterion");
  }

  @Test
  void equalScoresAreKeptInTheirOrder() {
    Anatomy anatomy = anatomy(network(false), 2);
    Selection selection =
        new UniformAllocation(anatomy, new double[] {1, 1, 1})
            .select(new Budget(Budget.Measure.MACS, 0.7));
    assertThat(selection.kept().stream().boxed()).containsExactly(0, 1);
  }

  /** Two groups of two channels each: a kernel reads those of its own group only. */
  @Test
  void groupedReadersReadTheirOwnChannels() {
    Network network =
        new Network.Builder("grouped.onnx")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, List.of()))
            .weight(Weight.ofFloats("a", Shape.of(4, 1, 1, 1), new float[] {1, 1, 1, 1}))
            .weight(Weight.ofFloats("b", Shape.of(2, 2, 1, 1), new float[] {1, -2, 3, 4}))
            .weight(Weight.ofFloats("c", Shape.of(2, 2, 1, 1), new float[] {1, 1, 1, 1}))
            .node(node("Conv", "map", "image", "a"))
            .node(
                Node.of(
                    "grouped",
                    "Conv",
                    List.of("map", "b"),
                    List.of("grouped"),
                    Map.of("group", new Attribute.Int(2))))
            .node(node("Conv", "logits", "grouped", "c"))
            .output(new Value("logits", ElementType.FLOAT, List.of()))
            .build();
    Anatomy anatomy = anatomy(network, 1);
    Moments moments =
        new Moments(
            1,
            new double[4],
            new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1},
            new double[4]);
    ProfileAccumulator sum = new ProfileAccumulator(header(), List.of(new FeatureMap("map", 1, 4)));
    sum.add(new ImageProfile("one", 1, Map.of(), Map.of("map", moments)));
    double[] scores = Criterion.WANDA.score(anatomy, sum.toProfile(), List.of(1));
    double[] expected = new double[scores.length];
    int[] groups = anatomy.groups().channels("map").orElseThrow().groups();
    for (int k = 0; k < 4; k++) {
      expected[groups[k]] += k + 1;
    }
    assertThat(scores).containsExactly(expected, within(1e-9));
  }
}
