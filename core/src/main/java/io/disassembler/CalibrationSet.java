package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.Sample;
import io.disassembler.extraction.CalibrationImages;
import io.disassembler.profile.AttributionExample;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Images that closed-loop recovery follows.
 *
 * @param images from which they are drawn, all of them whatever its limit, with its seed
 * @param count how many at most
 * @param showing for each chosen category images that are known to show it; those drawn are
 *     exchanged for such where too few of them show one
 */
public record CalibrationSet(ImageSet images, int count, List<Set<String>> showing) {
  private static final String TASK = "Calibrating";

  /** One image in so many should show a category, */
  private static final int SHARE = 4;

  /** and where there are many categories, all of them together one in so many. */
  private static final int SHARE_OF_ALL = 2;

  /** Recovery learns from pixels that are likely of a category, sure or not. */
  private static final double LIKELY = 0.5;

  /** So many images are looked at for each one that is followed, at most. */
  private static final int LOOKS = 4;

  /** Images drawn without regard to what they show. */
  public CalibrationSet(ImageSet images, int count) {
    this(images, count, List.of());
  }

  /**
   * @throws InvalidInputException if too few are asked for
   */
  public CalibrationSet {
    showing = List.copyOf(showing);
    if (count < Defaults.LEAST_CALIBRATION_IMAGES) {
      throw new InvalidInputException(
          "images to follow: expected at least %d, found %d"
              .formatted(Defaults.LEAST_CALIBRATION_IMAGES, count),
          Setting.CALIBRATION_SIZE);
    }
  }

  /**
   * The same, but with enough images that show each of some categories: what recovery never sees is
   * easily lost. Which images show what is known from the profile; where that knows too few, others
   * are looked at, for pixels that are likely of a category. Itself if it was drawn so already.
   *
   * @param categories their indices
   * @throws InvalidInputException if the profile is not of one of them
   */
  public CalibrationSet showing(
      SegmentationNetwork network, Profile profile, List<Integer> categories) {
    if (!showing.isEmpty()) {
      return this;
    }
    profile.requireProfiled(categories);
    List<Set<String>> known = showing(profile, categories).showing();
    List<Integer> missing =
        known.stream().map(names -> wanted(categories.size()) - names.size()).toList();
    List<Set<String>> found =
        new RareImages(
                network,
                network
                    .profile(images)
                    .threshold(Math.min(LIKELY, profile.header().threshold()))
                    .profiling(),
                images,
                known.stream().flatMap(Set::stream).collect(Collectors.toSet()),
                LOOKS * count)
            .find(categories, missing);
    List<Set<String>> all = new ArrayList<>();
    for (int c = 0; c < known.size(); c++) {
      Set<String> both = new TreeSet<>(known.get(c));
      both.addAll(found.get(c));
      all.add(both);
    }
    return new CalibrationSet(images, count, all);
  }

  /** The same, as far as the profile knows of such images. */
  CalibrationSet showing(Profile profile, List<Integer> categories) {
    Set<String> all = byName(images.atMost(Integer.MAX_VALUE).samples()).keySet();
    return new CalibrationSet(
        images,
        count,
        categories.stream()
            .map(
                category ->
                    profile.category(category).examples().stream()
                        .map(AttributionExample::image)
                        .filter(all::contains)
                        .collect(Collectors.toSet()))
            .toList());
  }

  private int wanted(int categories) {
    return Math.min(count / SHARE, count / SHARE_OF_ALL / categories);
  }

  /** The images that are followed. */
  public ImageSet drawn() {
    ImageSet drawn = images.atMost(count);
    ImageSet all = images.atMost(Integer.MAX_VALUE);
    return showing.isEmpty() || all.size() <= count
        ? drawn
        : images.only(exchanged(drawn.samples(), all.samples()));
  }

  /** As many, with those that show what too few of the drawn show, for some that show nothing. */
  private List<Sample> exchanged(List<Sample> drawn, List<Sample> all) {
    Map<String, Sample> chosen = byName(drawn);
    List<String> idle = shuffled(chosen.keySet());
    idle.removeIf(name -> showing.stream().anyMatch(shown -> shown.contains(name)));
    Map<String, Sample> known = byName(all);
    int wanted = wanted(showing.size());
    for (Set<String> shown : showing) {
      long found = chosen.keySet().stream().filter(shown::contains).count();
      for (String name : shuffled(shown)) {
        if (found < wanted
            && !idle.isEmpty()
            && known.containsKey(name)
            && !chosen.containsKey(name)) {
          chosen.remove(idle.remove(idle.size() - 1));
          chosen.put(name, known.get(name));
          found++;
        }
      }
    }
    return List.copyOf(chosen.values());
  }

  private static Map<String, Sample> byName(List<Sample> samples) {
    return samples.stream()
        .collect(
            Collectors.toMap(Sample::name, Function.identity(), (one, other) -> one, TreeMap::new));
  }

  /** The same order for the same seed. */
  private List<String> shuffled(Set<String> names) {
    List<String> shuffled = new ArrayList<>(names);
    shuffled.sort(Comparator.naturalOrder());
    Collections.shuffle(shuffled, new Random(images.seed()));
    return shuffled;
  }

  /**
   * Runs the full network on the images.
   *
   * @throws InvalidInputException if too many cannot be read
   */
  public Calibration load(SegmentationNetwork network) {
    List<Sample> samples = drawn().samples();
    return Steps.count(
        network.progress(),
        TASK,
        samples.size(),
        step ->
            CalibrationImages.load(
                network.anatomy(),
                network.input(),
                network.card(images),
                samples,
                images.keepsGoing(),
                step::done));
  }
}
