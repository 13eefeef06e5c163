package io.disassembler.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;

/** Compares profiles number by number. */
public final class ProfileAssertions {
  private ProfileAssertions() {}

  /** Every vector agrees within {@code tolerance} times its largest element. */
  public static void assertSame(Profile actual, Profile expected, double tolerance) {
    assertThat(actual.header()).isEqualTo(expected.header());
    assertThat(actual.images()).isEqualTo(expected.images());
    assertThat(actual.maps()).isEqualTo(expected.maps());
    for (int c = 0; c < expected.header().categories().size(); c++) {
      assertSame(actual.category(c), expected.category(c), expected.featureMaps(), tolerance);
    }
    for (String map : expected.featureMaps()) {
      assertThat(actual.moments(map).count()).isEqualTo(expected.moments(map).count());
      assertClose(actual.moments(map).sum(), expected.moments(map).sum(), tolerance);
      assertClose(actual.moments(map).cross(), expected.moments(map).cross(), tolerance);
      assertThat(actual.moments(map).positive()).isEqualTo(expected.moments(map).positive());
    }
  }

  /** Images, moments and what is known of {@code categories} are equal. */
  public static void assertSameOf(List<Integer> categories, Profile actual, Profile expected) {
    assertThat(actual.images()).isEqualTo(expected.images());
    for (int c : categories) {
      assertThat(expected.category(c).images()).as("category " + c).isPositive();
      assertSame(actual.category(c), expected.category(c), expected.featureMaps(), 0);
    }
    for (String map : expected.featureMaps()) {
      assertThat(actual.moments(map).cross()).isEqualTo(expected.moments(map).cross());
      assertThat(actual.moments(map).sum()).isEqualTo(expected.moments(map).sum());
    }
  }

  private static void assertSame(
      CategoryProfile actual, CategoryProfile expected, List<String> maps, double tolerance) {
    assertThat(actual.images()).isEqualTo(expected.images());
    assertThat(actual.maskArea()).isEqualTo(expected.maskArea());
    assertThat(actual.examples().stream().map(AttributionExample::image))
        .containsExactlyElementsOf(
            expected.examples().stream().map(AttributionExample::image).toList());
    for (String map : maps) {
      assertClose(actual.forward(map), expected.forward(map), tolerance);
      assertClose(actual.backward(map), expected.backward(map), tolerance);
      assertClose(actual.backwardSum(map), expected.backwardSum(map), tolerance);
      assertClose(actual.taylor(map), expected.taylor(map), tolerance);
      for (int i = 0; i < expected.examples().size(); i++) {
        AttributionExample one = actual.examples().get(i);
        AttributionExample other = expected.examples().get(i);
        assertClose(doubles(one.forward(map)), doubles(other.forward(map)), tolerance);
        assertClose(doubles(one.backward(map)), doubles(other.backward(map)), tolerance);
      }
    }
  }

  public static void assertClose(double[] actual, double[] expected, double tolerance) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual).containsExactly(expected, within(tolerance * largest));
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    Arrays.setAll(doubles, i -> floats[i]);
    return doubles;
  }
}
