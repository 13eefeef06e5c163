package io.disassembler.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.profile.AttributionExample;
import io.disassembler.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerSimilarityTest {
  private static final String MAP = MadeUpProfile.MAPS.get(1).name();
  private static final MadeUpProfile IMAGES = new MadeUpProfile(4, 9, 0.8, 3);

  @ParameterizedTest
  @EnumSource
  void averagesOverEveryPairOfDifferentImages(Attribution attribution) {
    Profile profile = IMAGES.profile();

    LayerSimilarity found = LayerSimilarity.of(profile, MAP, attribution);

    assertThat(found.categories()).containsExactly(0, 1, 2, 3);
    for (int c = 0; c < 4; c++) {
      for (int d = 0; d < 4; d++) {
        assertThat(found.mean(c, d)).isCloseTo(mean(profile, attribution, c, d), within(1e-9));
      }
    }
    double inside = 0;
    double outside = 0;
    for (int c = 0; c < 4; c++) {
      inside += mean(profile, attribution, c, c) / 4;
      for (int d = c + 1; d < 4; d++) {
        outside += mean(profile, attribution, c, d) / 6;
      }
    }
    assertThat(value(found.within())).isCloseTo(inside, within(1e-9));
    assertThat(value(found.between())).isCloseTo(outside, within(1e-9));
    assertThat(value(found.difference())).isCloseTo(inside - outside, within(1e-9));
  }

  @Test
  void intervalsComeFromLeavingOutEachImage() {
    int n = IMAGES.images();
    List<Double> left = new ArrayList<>();
    for (int image = 0; image < n; image++) {
      Profile others = IMAGES.without(image);
      double difference = 0;
      for (int c = 0; c < 4; c++) {
        difference += mean(others, Attribution.FORWARD, c, c) / 4;
        for (int d = c + 1; d < 4; d++) {
          difference -= mean(others, Attribution.FORWARD, c, d) / 6;
        }
      }
      left.add(difference);
    }
    double mean = left.stream().mapToDouble(x -> x).sum() / n;
    double squares = left.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    double expected = 1.96 * Math.sqrt(squares * (n - 1) / n);

    Estimate found =
        Objects.requireNonNull(
            LayerSimilarity.of(IMAGES.profile(), MAP, Attribution.FORWARD).difference());

    assertThat(found.high() - found.value()).isCloseTo(expected, within(1e-4 * expected));
    assertThat(found.value() - found.low()).isCloseTo(expected, within(1e-4 * expected));
  }

  /** The estimates average to the truth: pairs of different images are unbiased. */
  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    List<Estimate> estimates = new ArrayList<>();
    for (int seed = 0; seed < 400; seed++) {
      estimates.add(
          Objects.requireNonNull(
              LayerSimilarity.of(
                      new MadeUpProfile(3, 16, 0.9, 100 + seed).profile(), MAP, Attribution.FORWARD)
                  .difference()));
    }
    double truth = estimates.stream().mapToDouble(Estimate::value).average().orElseThrow();

    long holding = estimates.stream().filter(e -> e.low() <= truth && truth <= e.high()).count();

    assertThat(holding / 400.0).isBetween(0.90, 0.98);
  }

  @Test
  void categoriesThatTooFewImagesShowDoNotCount() {
    Profile two = new MadeUpProfile(3, 2, 1, 5).profile();

    LayerSimilarity found = LayerSimilarity.of(two, MAP, Attribution.FORWARD);

    assertThat(found.categories()).isEmpty();
    assertThat(found.within()).isNull();
    assertThat(found.between()).isNull();
    assertThat(found.difference()).isNull();
    assertThat(new Finding(two, List.of(found)).toJson()).contains("\"within\" : null");
  }

  @Test
  void oneCategoryHasNothingToDifferFrom() {
    LayerSimilarity found =
        LayerSimilarity.of(new MadeUpProfile(1, 4, 1, 5).profile(), MAP, Attribution.FORWARD);

    assertThat(found.within()).isNotNull();
    assertThat(found.between()).isNull();
    assertThat(found.difference()).isNull();
  }

  private static double value(@org.jspecify.annotations.Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate).value();
  }

  private static double mean(Profile profile, Attribution attribution, int c, int d) {
    double sum = 0;
    int pairs = 0;
    for (AttributionExample a : profile.category(c).examples()) {
      for (AttributionExample b : profile.category(d).examples()) {
        if (!a.image().equals(b.image())) {
          sum += cosine(attribution.of(a, MAP), attribution.of(b, MAP));
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < a.length; k++) {
      dot += (double) a[k] * b[k];
      aa += (double) a[k] * a[k];
      bb += (double) b[k] * b[k];
    }
    return dot / Math.sqrt(aa * bb);
  }
}
