package io.disassembler.similarity;

import io.disassembler.data.Size;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileHeader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A profile of images that show each category with some probability; each category excites some
 * channels of its own, each image in its own way.
 *
 * @param categories number of categories
 * @param images number of images
 * @param shown probability that an image shows a category
 * @param seed of all random numbers
 */
public record MadeUpProfile(int categories, int images, double shown, long seed) {
  /** Names with slashes and dots, as exporters write them. */
  public static final List<FeatureMap> MAPS =
      List.of(
          new FeatureMap("/encoder/Relu_output_0", 1, 6), new FeatureMap("decoder.relu", 1, 40));

  /** The profile of all images. */
  public Profile profile() {
    return without(-1);
  }

  /** The profile of all images but one. */
  public Profile without(int left) {
    ProfileHeader header =
        new ProfileHeader("ab12", names(), 0.9, seed, new Size(192, 256), true, "0.1");
    ProfileAccumulator sum = new ProfileAccumulator(header, MAPS);
    IntStream.range(0, images).filter(i -> i != left).mapToObj(this::image).forEach(sum::add);
    return sum.toProfile();
  }

  /** Short names and long ones. */
  public List<String> names() {
    return IntStream.range(0, categories)
        .mapToObj(c -> c % 7 == 3 ? "traffic sign & light " + c : "category" + c)
        .toList();
  }

  private ImageProfile image(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    Map<Integer, ImageProfile.Presence> shows = new HashMap<>();
    for (int c = 0; c < categories; c++) {
      Map<String, double[]> forward = vectors(random, c);
      Map<String, double[]> backward = vectors(random, c);
      if (random.nextDouble() < shown) {
        shows.put(c, new ImageProfile.Presence(10, forward, backward, forward));
      }
    }
    Map<String, Moments> moments = new HashMap<>();
    for (FeatureMap map : MAPS) {
      int n = map.channels();
      moments.put(map.name(), new Moments(1, new double[n], new double[n * n], new double[n]));
    }
    return new ImageProfile("image%03d".formatted(number), number, shows, moments);
  }

  private static Map<String, double[]> vectors(Random random, int category) {
    Map<String, double[]> vectors = new HashMap<>();
    for (FeatureMap map : MAPS) {
      double[] vector = new double[map.channels()];
      Arrays.setAll(vector, k -> random.nextDouble() * (k % 5 == category % 5 ? 1 : 0.3));
      vectors.put(map.name(), vector);
    }
    return vectors;
  }
}
