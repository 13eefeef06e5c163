package io.disassembler.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.Difference;
import io.disassembler.check.Proof;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.Cutter;
import io.disassembler.cut.RandomNetwork;
import io.disassembler.engine.NativeScope;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.DecisionWeights;
import io.disassembler.selection.Evidence;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalChannelsTest {
  private static final Anatomy ANATOMY = BottleneckNetwork.anatomy();
  private static final Evidence EVIDENCE = BottleneckNetwork.evidence(ANATOMY);
  private static final List<Integer> CHOSEN = List.of(1, 2);
  private static final Basis BASIS =
      PrincipalChannels.of(
              Basis.asIs(ANATOMY, EVIDENCE.profile()),
              EVIDENCE.images(),
              DecisionWeights.of(ANATOMY, EVIDENCE, CHOSEN))
          .orElseThrow();

  private static double furthest(Network a, Network b, Weight image) {
    float[] expected = TrialRun.run(a, image, 1);
    float[] found = TrialRun.run(b, image, 1);
    double most = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs(expected[i] - found[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return most / scale;
  }

  @Test
  void theNetworkComputesTheSame() {
    assertThat(BASIS.principal()).isTrue();
    assertThat(furthest(ANATOMY.network(), BASIS.anatomy().network(), BottleneckNetwork.image(1)))
        .isLessThan(1e-5);
  }

  @Test
  void randomNetworksComputeTheSame() {
    int found = 0;
    for (long seed = 0; seed < 60; seed++) {
      RandomNetwork random = RandomNetwork.generate(seed, 6);
      Map<String, Shape> shapes = Map.of("image", random.shape());
      Anatomy anatomy = Anatomy.of(random.network(), shapes);
      if (anatomy.probe().shape(anatomy.network().outputs().get(0).name()).dimension(2) == 1) {
        continue; // no segmentation network
      }
      float[] pixels = new float[Math.toIntExact(random.shape().elements())];
      Random source = new Random(seed);
      IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (float) source.nextGaussian());
      Weight image = Weight.ofFloats("image", random.shape(), pixels);
      Evidence evidence =
          new Evidence(Profiles.random(anatomy, 2, seed), List.of(Map.of("image", image)));
      Optional<Basis> basis =
          PrincipalChannels.of(
              Basis.asIs(anatomy, evidence.profile()),
              evidence.images(),
              DecisionWeights.of(anatomy, evidence, List.of(0)));
      if (basis.isPresent()) {
        found++;
        assertThat(furthest(anatomy.network(), basis.get().anatomy().network(), image))
            .as("seed %d: %s", seed, random)
            .isLessThan(1e-3);
      }
    }
    assertThat(found).as("networks with linear streams").isGreaterThan(5);
  }

  @Test
  void onlyLayersThatFewAxesCarryBecomePairs() {
    assertThat(BASIS.profile().featureMaps())
        .contains("low/principal", "grouped/principal")
        .doesNotContain("first/principal");
    assertThat(BASIS.anatomy().node(1 + indexOf("low/principal")).outputs()).containsExactly("low");
  }

  private static int indexOf(String output) {
    return IntStream.range(0, BASIS.anatomy().steps())
        .filter(step -> BASIS.anatomy().node(step).outputs().contains(output))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void principalChannelsVaryApartAndTheirMomentsAreWhatTheNetworkMakes() {
    for (String value :
        List.of("begin", "stream0", "stream1", "low/principal", "grouped/principal")) {
      Moments stated = BASIS.profile().moments(value);
      int channels = stated.channels();
      NativeScope.run(
          () -> {
            Map<String, Moments> measured =
                OutputMoments.of(BASIS.anatomy(), Set.of(value), BottleneckNetwork.images(12));
            double[] expected = covariance(Objects.requireNonNull(measured.get(value)));
            double[] found = covariance(stated);
            double scale =
                IntStream.range(0, channels)
                    .mapToDouble(k -> found[k * channels + k])
                    .max()
                    .orElseThrow();
            if (value.endsWith("/principal")) {
              // It is these images that told what few axes carry.
              for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).as(value).isCloseTo(expected[i], within(1e-3 * scale));
                if (value.equals("low/principal") && i % (channels + 1) != 0) {
                  assertThat(found[i]).as("%s apart", value).isCloseTo(0, within(1e-6 * scale));
                }
              }
            }
            for (int k = 0; k < channels; k++) {
              assertThat(found[k * channels + k] / scale)
                  .as("%s channel %d", value, k)
                  .isCloseTo(expected[k * channels + k] / scale, within(0.3));
            }
          });
      assertThat(BASIS.profile().featureMap(value).principal()).isTrue();
    }
    assertThat(BASIS.profile().featureMap("low.relu").principal()).isFalse();
  }

  private static double[] covariance(Moments moments) {
    int channels = moments.channels();
    double count = moments.count();
    double[] covariance = moments.cross().clone();
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels; j++) {
        covariance[i * channels + j] =
            covariance[i * channels + j] / count
                - moments.sum()[i] / count * moments.sum()[j] / count;
      }
    }
    return covariance;
  }

  @Test
  void axesOfAPairCarryWhatItsRankSays() {
    double[] found = covariance(BASIS.profile().moments("low/principal"));
    int channels = BottleneckNetwork.WIDE;
    double all = IntStream.range(0, channels).mapToDouble(k -> found[k * channels + k]).sum();
    double few =
        IntStream.range(0, BottleneckNetwork.RANK).mapToDouble(k -> found[k * channels + k]).sum();
    assertThat(few / all).isGreaterThan(0.999);
  }

  @Test
  void cutIsMaskedAlongPrincipalAxes() {
    Budget half = new Budget(Budget.Measure.MACS, 0.4);
    Selection selection =
        half.select(
            BASIS.anatomy(),
            new Evidence(BASIS.profile(), EVIDENCE.images()),
            CHOSEN,
            Criterion.RECONSTRUCTION);
    Network cut = Cutter.cut(BASIS.anatomy(), selection);
    assertThat(Proof.cutAgainstMasked(BASIS.anatomy(), selection, cut, BottleneckNetwork.image(5)))
        .matches(Difference::holds);
    assertThat(cut.weight("low.weight").orElseThrow().shape().dimension(0))
        .isLessThan(BottleneckNetwork.WIDE / 2);
  }

  @Test
  void intoAndBackAreInverse() {
    NativeScope.run(
        () -> {
          Moments moments = EVIDENCE.profile().moments("stream1");
          Tensor random = torch.randn(16, 16).to(ScalarType.Double);
          PrincipalAxes axes = PrincipalAxes.of(List.of(moments), random.mm(random.t()), 1);
          double[] product = TensorData.doubles(axes.into().mm(axes.back()).contiguous());
          for (int i = 0; i < product.length; i++) {
            assertThat(product[i]).isCloseTo(i % 17 == 0 ? 1 : 0, within(1e-9));
          }
          assertThat(axes.shares().get(0)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
          assertThat(axes.rank(1)).isLessThanOrEqualTo(16);
          assertThat(axes.rank(0)).isZero();
        });
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void aConstantBeyondTheEdgeDoesNotCommuteWithMixing(float constant, boolean commutes) {
    Network network =
        new Network.Builder("resize.onnx")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, List.of()))
            .weight(Weight.ofFloats("region", Shape.of(8), new float[] {0, 0, 0, 0, 1, 1, 2, 2}))
            .weight(Weight.ofFloats("scales", Shape.of(4), new float[] {1, 1, 2, 2}))
            .node(
                Node.of(
                    "resize",
                    "Resize",
                    List.of("image", "region", "scales"),
                    List.of("larger"),
                    Map.of(
                        "coordinate_transformation_mode",
                        new Attribute.Text("tf_crop_and_resize"),
                        "extrapolation_value",
                        new Attribute.Real(constant))))
            .output(new Value("larger", ElementType.FLOAT, List.of()))
            .build();
    assertThat(Program.parse(network).steps().get(0).operator().commutesWithMixing())
        .isEqualTo(commutes);
  }

  @Test
  void theFirstOfAPairIsKnownByItsName() {
    assertThat(BASIS.profile().featureMaps().stream().filter(PrincipalChannels::isBetween))
        .contains("low/principal", "grouped/principal")
        .doesNotContain("low", "begin");
    assertThat(PrincipalChannels.isBetween("low/principal_1")).isTrue();
    assertThat(PrincipalChannels.isBetween("principal")).isFalse();
  }

  @Test
  void streamsEndWhereSomethingRectifies() {
    assertThat(LinearStream.of(ANATOMY))
        .extracting(LinearStream::values)
        .containsExactly(List.of("begin", "narrow0", "stream0", "narrow1", "stream1"));
  }
}
