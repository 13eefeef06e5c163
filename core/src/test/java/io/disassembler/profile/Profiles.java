package io.disassembler.profile;

import io.disassembler.data.DecisionRule;
import io.disassembler.data.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Made-up profiles. */
final class Profiles {
  /** Names as exporters write them: one with slashes, one beyond ASCII. */
  static final List<FeatureMap> MAPS =
      List.of(new FeatureMap("/encoder/Relu_output_0", 1, 3), new FeatureMap("größe", 2, 5));

  private Profiles() {}

  static ProfileHeader header() {
    return new ProfileHeader(
        "ab12",
        List.of("sky", "straße", "car"),
        0.9,
        7,
        new Size(192, 256),
        true,
        "0.1",
        "",
        "card",
        DecisionRule.EXCLUSIVE);
  }

  /** The profile of images FROM to TO, each with random numbers of its own seed. */
  static Profile of(int from, int to) {
    ProfileAccumulator sum = new ProfileAccumulator(header(), MAPS);
    for (int i = from; i <= to; i++) {
      sum.add(image(i));
    }
    return sum.toProfile();
  }

  /** Image I; shows category 0 always, category 1 if I is even, category 2 never. */
  static ImageProfile image(int i) {
    Random random = new Random(i);
    Map<Integer, ImageProfile.Presence> categories = new HashMap<>();
    categories.put(0, presence(random));
    if (i % 2 == 0) {
      categories.put(1, presence(random));
    }
    Map<String, Moments> moments = new HashMap<>();
    for (FeatureMap map : MAPS) {
      moments.put(
          map.name(),
          new Moments(
              10 + i,
              vector(map.channels(), random::nextGaussian),
              vector(map.channels() * map.channels(), random::nextGaussian),
              vector(map.channels(), () -> random.nextInt(10))));
    }
    return new ImageProfile("image%03d".formatted(i), i, categories, moments);
  }

  private static ImageProfile.Presence presence(Random random) {
    return new ImageProfile.Presence(
        random.nextInt(100), vectors(random), vectors(random), vectors(random));
  }

  private static Map<String, double[]> vectors(Random random) {
    Map<String, double[]> vectors = new HashMap<>();
    MAPS.forEach(map -> vectors.put(map.name(), vector(map.channels(), random::nextDouble)));
    return vectors;
  }

  private static double[] vector(int length, DoubleSupplier element) {
    double[] vector = new double[length];
    java.util.Arrays.setAll(vector, i -> element.getAsDouble());
    return vector;
  }
}
