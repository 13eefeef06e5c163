import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which channels of each layer a category relies on most: MODEL IMAGES MASKS CATEGORY. */
public class AttributionOnly {
  private static final int SHOWN = 3;

  public static void main(String[] arguments) {
    try (SegmentationNetwork network = SegmentationNetwork.open(Path.of(arguments[0]))) {
      ImageSet images = ImageSet.folder(Path.of(arguments[1]), Path.of(arguments[2]));
      Profile profile = network.profile(images).run();
      int number = network.card().parse(arguments[3]).get(0);
      CategoryProfile category = profile.category(number);
      System.out.printf("%s: seen in %d images%n", arguments[3], category.images());
      for (String featureMap : profile.featureMaps()) {
        show(featureMap, category.forward(featureMap), category.backward(featureMap));
      }
    }
  }

  /**
   * Prints the channels that both views agree on.
   *
   * @param forward how strongly the category excites each channel; adds up to 1
   * @param backward how strongly the category's logits depend on it; at most 1
   */
  private static void show(String featureMap, double[] forward, double[] backward) {
    List<Integer> best =
        IntStream.range(0, forward.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -forward[k] * backward[k]))
            .limit(SHOWN)
            .toList();
    System.out.printf("%s: channels", featureMap);
    for (int k : best) {
      System.out.printf(Locale.ROOT, " %d (%.3f, %.3f)", k, forward[k], backward[k]);
    }
    System.out.printf(" of %d%n", forward.length);
  }
}
