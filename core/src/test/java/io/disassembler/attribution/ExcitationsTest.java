package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.attribution.Excitations.Excitation;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageDecoder;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.FeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcitationsTest {
  private static final int IMAGES = 7;
  private static final Anatomy ANATOMY = SmallNetwork.anatomy(SmallNetwork.network(1));
  private static final NetworkInput INPUT =
      new NetworkInput("image", 1, 3, new Size(SmallNetwork.HEIGHT, SmallNetwork.WIDTH));
  private static final NetworkCard CARD = NetworkCard.unnamed(SmallNetwork.CATEGORIES);
  private static final List<FeatureMap> MAPS = FeatureMaps.of(ANATOMY, Logits.of(ANATOMY));

  @TempDir private Path folder = Path.of("");

  private List<Sample> samples() {
    return SampleImages.write(folder, IMAGES, SmallNetwork.HEIGHT, SmallNetwork.WIDTH);
  }

  private static ImageLoader loader(List<Sample> samples) {
    return new ImageLoader(samples, new Preprocessor(CARD, INPUT.size()), false);
  }

  private static Excitations excitations(List<Sample> samples) {
    try (ImageLoader images = loader(samples)) {
      return Excitations.of(ANATOMY, INPUT, MAPS, images, samples.size());
    }
  }

  /** One channel of one image, by a run of its own and plain loops. */
  private static float[] plane(Sample sample, FeatureMap map, int channel) throws IOException {
    float[] pixels =
        new Preprocessor(CARD, INPUT.size()).pixels(ImageDecoder.decode(sample.image()));
    Weight image =
        Weight.ofFloats("image", Shape.of(1, 3, SmallNetwork.HEIGHT, SmallNetwork.WIDTH), pixels);
    try (Engine engine = Engine.of(ANATOMY.program())) {
      float[] all =
          engine.run(
              Map.of("image", image),
              ForwardRequest.keeping(Set.of(map.name())),
              forward -> TensorData.floats(forward.value(map.name())));
      int area = all.length / map.channels();
      float[] plane = new float[area];
      System.arraycopy(all, channel * area, plane, 0, area);
      return plane;
    }
  }

  private static float peak(float[] plane) {
    return (float) IntStream.range(0, plane.length).mapToDouble(i -> plane[i]).max().orElseThrow();
  }

  @Test
  void theStrongestImagesAreThoseWithTheLargestActivationAnywhere() throws IOException {
    List<Sample> samples = samples();
    Excitations excitations = excitations(samples);
    assertThat(MAPS).hasSizeGreaterThan(3);
    for (FeatureMap map : MAPS) {
      for (int channel = 0; channel < map.channels(); channel++) {
        List<Float> expected = new java.util.ArrayList<>();
        for (Sample sample : samples) {
          expected.add(peak(plane(sample, map, channel)));
        }
        expected.removeIf(peak -> peak <= 0);
        expected.sort(Comparator.reverseOrder());

        List<Excitation> found = excitations.strongest(map.name(), channel, 3);

        assertThat(found.stream().map(Excitation::peak))
            .containsExactlyElementsOf(expected.subList(0, Math.min(3, expected.size())));
      }
    }
  }

  @Test
  void mapsShowWhere() throws IOException {
    List<Sample> samples = samples();
    FeatureMap map = MAPS.get(1);

    Map<Sample, ActivationMap> found = Excitations.maps(ANATOMY, INPUT, CARD, map, 2, samples);

    assertThat(found.keySet()).containsExactlyElementsOf(samples);
    for (Map.Entry<Sample, ActivationMap> one : found.entrySet()) {
      ActivationMap where = one.getValue();
      assertThat(where.values()).containsExactly(plane(one.getKey(), map, 2));
      assertThat(where.height() * where.width()).isEqualTo(where.values().length);
      assertThat(where.height()).isEqualTo(SmallNetwork.HEIGHT / 2);
    }
  }

  @Test
  void aBrokenImageHasNoMapAndTheOthersHaveTheirOwn() throws IOException {
    List<Sample> samples = samples();
    Files.writeString(samples.get(1).image(), "no image");

    Map<Sample, ActivationMap> found =
        Excitations.maps(ANATOMY, INPUT, CARD, MAPS.get(1), 2, samples);

    assertThat(found).hasSize(IMAGES - 1).doesNotContainKey(samples.get(1));
    Sample next = samples.get(2);
    assertThat(found.get(next))
        .isNotNull()
        .extracting(ActivationMap::values)
        .isEqualTo(plane(next, MAPS.get(1), 2));
  }

  @Test
  void runsOverPartsOfTheImagesAddUp() {
    List<Sample> samples = samples();
    Excitations whole = excitations(samples);
    Excitations parts;
    try (ImageLoader images = loader(samples)) {
      parts = Excitations.of(ANATOMY, INPUT, MAPS, images, 3);
      assertThat(parts.images()).isEqualTo(3);

      parts = parts.plus(Excitations.of(ANATOMY, INPUT, MAPS, images, IMAGES));
    }

    assertThat(parts.images()).isEqualTo(IMAGES);
    for (FeatureMap map : MAPS) {
      for (int channel = 0; channel < map.channels(); channel++) {
        assertThat(parts.strongest(map.name(), channel, IMAGES))
            .isEqualTo(whole.strongest(map.name(), channel, IMAGES));
      }
    }
  }
}
