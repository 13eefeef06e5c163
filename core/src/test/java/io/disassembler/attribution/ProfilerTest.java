package io.disassembler.attribution;

import static io.disassembler.profile.ProfileAssertions.assertClose;
import static io.disassembler.profile.ProfileAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.engine.Engine;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilerTest {
  private static List<ImageProfile> profile(
      Network network, ProfileHeader header, List<LoadedImage> batch) {
    Anatomy anatomy = SmallNetwork.anatomy(network);
    Logits logits = Logits.of(anatomy);
    try (Engine engine = anatomy.engine()) {
      return new Profiler(engine, "image", logits, FeatureMaps.of(anatomy, logits), header)
          .profile(batch);
    }
  }

  private static List<LoadedImage> images(int from, int to, boolean labelled) {
    return IntStream.range(from, to).mapToObj(i -> SmallNetwork.image(i, labelled)).toList();
  }

  @ParameterizedTest
  @CsvSource({"1,0.9,false", "2,0.6,false", "3,0.5,true", "4,0.3,true"})
  void sumsAreWhatTheDefinitionsSay(long seed, double threshold, boolean labelled) {
    Network network = SmallNetwork.network(seed);
    ProfileHeader header = SmallNetwork.header(threshold, labelled);
    List<LoadedImage> batch =
        images(0, 2, false).stream()
            .map(image -> labelled ? withMostlyRightLabels(network, image) : image)
            .toList();
    List<ImageProfile> profiles = profile(network, header, batch);
    int present = 0;
    for (int n = 0; n < batch.size(); n++) {
      try (NaiveAttribution naive = new NaiveAttribution(network, batch.get(n), threshold)) {
        for (int category = 0; category < SmallNetwork.CATEGORIES; category++) {
          double area = Arrays.stream(naive.mask(category)).sum();
          ImageProfile.Presence found = profiles.get(n).categories().get(category);
          assertThat(found != null)
              .as("category %d with %s pixels is present", category, area)
              .isEqualTo(area >= ConfidenceMask.FEWEST_PIXELS);
          if (found != null) {
            present++;
            assertThat(found.maskArea()).isEqualTo(area);
            assertSums(found, naive, category);
          }
        }
      }
    }
    assertThat(present).isGreaterThan(1);
  }

  private static LoadedImage withMostlyRightLabels(Network network, LoadedImage image) {
    Random random = new Random(image.index());
    try (NaiveAttribution naive = new NaiveAttribution(network, image, 0)) {
      int[] labels = naive.predictions();
      for (int u = 0; u < labels.length; u++) {
        labels[u] = random.nextInt(4) == 0 ? random.nextInt(5) - 1 : labels[u];
      }
      return new LoadedImage(
          image.index(),
          image.sample(),
          image.original(),
          image.pixels(),
          new LabelMap(image.original(), labels));
    }
  }

  private static void assertSums(
      ImageProfile.Presence found, NaiveAttribution naive, int category) {
    for (String map : List.of("full", "half", "deep", "joined")) {
      assertVector(found.forward(), map, naive.forward(map, category));
      assertVector(found.backward(), map, naive.backward(map, category));
      assertVector(found.taylor(), map, naive.taylor(map, category));
    }
  }

  private static void assertVector(Map<String, double[]> found, String map, double[] expected) {
    double[] vector = found.get(map);
    assertThat(vector).as(map).isNotNull();
    if (vector != null) {
      assertClose(vector, expected, 1e-5);
    }
  }

  @Test
  void momentsAreTakenOverAllPixels() {
    Network network = SmallNetwork.network(5);
    LoadedImage image = SmallNetwork.image(0, false);
    ImageProfile profile = profile(network, SmallNetwork.header(0.9, false), List.of(image)).get(0);
    try (NaiveAttribution naive = new NaiveAttribution(network, image, 0.9)) {
      for (String map : List.of("full", "half", "deep", "joined")) {
        NaiveAttribution.Map3d value = naive.value(map);
        int area = value.height() * value.width();
        double[] sum = new double[value.channels()];
        double[] cross = new double[value.channels() * value.channels()];
        double[] positive = new double[value.channels()];
        for (int u = 0; u < area; u++) {
          for (int i = 0; i < value.channels(); i++) {
            double x = value.elements()[i * area + u];
            sum[i] += x;
            positive[i] += x > 0 ? 1 : 0;
            for (int j = 0; j < value.channels(); j++) {
              cross[i * value.channels() + j] += x * value.elements()[j * area + u];
            }
          }
        }
        Moments moments = Objects.requireNonNull(profile.moments().get(map));
        assertThat(moments.count()).isEqualTo(area);
        assertClose(moments.sum(), sum, 1e-5);
        assertClose(moments.cross(), cross, 1e-5);
        assertThat(moments.positive()).isEqualTo(positive);
      }
    }
  }

  @Test
  void featureMapsAreTheValuesThatWeightedLayersReadBeforeTheLogits() {
    Anatomy anatomy = SmallNetwork.anatomy(SmallNetwork.network(1));
    assertThat(FeatureMaps.of(anatomy, Logits.of(anatomy)))
        .containsExactly(
            new FeatureMap("full", 1, 4),
            new FeatureMap("half", 1, 5),
            new FeatureMap("deep", 1, 5),
            new FeatureMap("joined", 1, 7));
  }

  @Test
  void theBatchDoesNotMatter() {
    Network network = SmallNetwork.network(6);
    ProfileHeader header = SmallNetwork.header(0.5, true);
    assertSame(
        profile(network, header, images(0, 5, true), 5),
        profile(network, header, images(0, 5, true), 1),
        1e-6);
  }

  @Test
  void mergingHalvesGivesTheWhole() {
    Network network = SmallNetwork.network(7);
    ProfileHeader header = SmallNetwork.header(0.5, false);
    Profile whole = profile(network, header, images(0, 10, false), 3);
    Profile first = profile(network, header, images(0, 5, false), 3);
    Profile second = profile(network, header, images(5, 10, false), 3);
    assertSame(second.merge(first), whole, 1e-6);
  }

  private static Profile profile(
      Network network, ProfileHeader header, List<LoadedImage> images, int batch) {
    Anatomy anatomy = SmallNetwork.anatomy(network);
    ProfileAccumulator sum =
        new ProfileAccumulator(header, FeatureMaps.of(anatomy, Logits.of(anatomy)));
    for (int from = 0; from < images.size(); from += batch) {
      profile(network, header, images.subList(from, Math.min(from + batch, images.size())))
          .forEach(sum::add);
    }
    return sum.toProfile();
  }

  @Test
  void activationsThatOverflowAreRefused() {
    Network network = SmallNetwork.network(1);
    Network.Builder large = network.toBuilder();
    for (Weight weight : network.weights().values()) {
      if (weight.shape().rank() == 4) {
        float[] values = new float[Math.toIntExact(weight.shape().elements())];
        Arrays.fill(values, 1e30f);
        large.weight(Weight.ofFloats(weight.name(), weight.shape(), values));
      }
    }
    assertThatThrownBy(
            () -> profile(large.build(), SmallNetwork.header(0.5, false), images(0, 1, false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("image 'image0': channel ")
        .hasMessageContaining("becomes infinite or NaN");
  }
}
