package io.disassembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileHeader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationSetTest {
  private static final int IMAGES = 200;
  private static final int COUNT = 40;
  private static final int ROAD = 0;
  private static final int CAR = 1;
  private static final int TRAIN = 2;

  /** Every image shows road, one in 20 a car, and two of them all a train. */
  private static List<Integer> shown(int image) {
    if (image == 3 || image == 103) {
      return List.of(ROAD, TRAIN);
    }
    return image % 20 == 0 ? List.of(ROAD, CAR) : List.of(ROAD);
  }

  private static String name(int image) {
    return "frame%03d".formatted(image);
  }

  private static Profile profile() {
    ProfileAccumulator sum =
        new ProfileAccumulator(
            new ProfileHeader(
                "ab12", List.of("road", "car", "train"), 0.9, 0, new Size(8, 8), false, "1"),
            List.of());
    for (int image = 0; image < IMAGES; image++) {
      Map<Integer, ImageProfile.Presence> categories = new HashMap<>();
      shown(image)
          .forEach(
              category ->
                  categories.put(
                      category, new ImageProfile.Presence(9, Map.of(), Map.of(), Map.of())));
      sum.add(new ImageProfile(name(image), image, categories, Map.of()));
    }
    return sum.toProfile();
  }

  private static CalibrationSet set(int count) {
    List<Sample> samples =
        IntStream.range(0, IMAGES)
            .mapToObj(i -> new Sample(name(i), Path.of(name(i) + ".png"), null))
            .toList();
    return new CalibrationSet(ImageSet.of("frames", new DataSet(samples, null)), count);
  }

  private static long showing(CalibrationSet set, int category) {
    return set.drawn().samples().stream()
        .filter(s -> shown(Integer.parseInt(s.name().substring(5))).contains(category))
        .count();
  }

  @Test
  void rareCategoriesAreShownByAQuarterOfTheImages() {
    CalibrationSet even = set(COUNT);
    assertThat(showing(even, CAR)).isLessThan(COUNT / 4);
    CalibrationSet chosen = even.showing(profile(), List.of(CAR));
    assertThat(showing(chosen, CAR)).isEqualTo(COUNT / 4);
    assertThat(chosen.drawn().size()).isEqualTo(COUNT);
    assertThat(chosen.drawn().samples())
        .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
    assertThat(chosen.drawn().samples())
        .isEqualTo(set(COUNT).showing(profile(), List.of(CAR)).drawn().samples());
  }

  @Test
  void allImagesOfACategoryAreTakenWhereThereAreFew() {
    CalibrationSet chosen = set(COUNT).showing(profile(), List.of(TRAIN, CAR));
    assertThat(showing(chosen, TRAIN)).isEqualTo(2);
    assertThat(showing(chosen, CAR)).isEqualTo(COUNT / 4);
  }

  /** The drawn ones show it, known or not. */
  @Test
  void whatMostImagesShowIsDrawnEvenly() {
    CalibrationSet chosen = set(COUNT).showing(profile(), List.of(ROAD));
    assertThat(showing(chosen, ROAD)).isEqualTo(COUNT);
    assertThat(chosen.drawn().size()).isEqualTo(COUNT);
  }

  @Test
  void allImagesAreFollowedWhereThereAreNoMore() {
    CalibrationSet chosen = set(IMAGES).showing(profile(), List.of(CAR));
    assertThat(chosen.drawn().size()).isEqualTo(IMAGES);
  }
}
