package io.disassembler.profile;

import static io.disassembler.profile.ProfileAssertions.assertClose;
import static io.disassembler.profile.ProfileAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final FeatureMap MAP = new FeatureMap("f", 1, 2);

  private static ImageProfile image(String name, double[] forward, double[] backward) {
    return new ImageProfile(
        name,
        name.hashCode(),
        Map.of(
            1,
            new ImageProfile.Presence(
                4, Map.of("f", forward), Map.of("f", backward), Map.of("f", new double[] {2, 4}))),
        Map.of(
            "f",
            new Moments(6, new double[] {1, 2}, new double[] {1, 2, 2, 4}, new double[] {3, 5})));
  }

  @Test
  void averagesOverTheImagesThatShowTheCategory() {
    ProfileAccumulator sum = new ProfileAccumulator(Profiles.header(), List.of(MAP));
    sum.add(image("a", new double[] {3, 1}, new double[] {1, 10}));
    sum.add(image("b", new double[] {1, 3}, new double[] {3, 0}));
    sum.add(new ImageProfile("c", 3, Map.of(), Map.of("f", Moments.none(2))));
    Profile profile = sum.toProfile();
    CategoryProfile category = profile.category(1);
    assertThat(category.images()).isEqualTo(2);
    assertThat(category.maskArea()).isEqualTo(8);
    assertThat(category.forward("f")).containsExactly(0.5, 0.5);
    assertThat(category.backward("f")).containsExactly(0.4, 1);
    assertThat(category.taylor("f")).containsExactly(2, 4);
    assertThat(category.examples().get(0).forward("f")).containsExactly(0.75f, 0.25f);
    assertThat(category.examples().get(0).backward("f")).containsExactly(1, 10);
    assertThat(profile.moments("f").count()).isEqualTo(12);
    assertThat(profile.moments("f").cross()).containsExactly(2, 4, 4, 8);
    assertThat(profile.category(0).forward("f")).containsExactly(0, 0);
  }

  @Test
  void channelsThatAreSilentEverywhereHaveNoRelevance() {
    ProfileAccumulator sum = new ProfileAccumulator(Profiles.header(), List.of(MAP));
    sum.add(image("a", new double[] {0, 0}, new double[] {0, 0}));
    CategoryProfile category = sum.toProfile().category(1);
    assertThat(category.forward("f")).containsExactly(0, 0);
    assertThat(category.backward("f")).containsExactly(0, 0);
  }

  @Test
  void mergingHalvesGivesTheWhole() {
    Profile whole = Profiles.of(1, 150);
    assertSame(Profiles.of(1, 50).merge(Profiles.of(51, 150)), whole, 1e-12);
    assertSame(Profiles.of(51, 150).merge(Profiles.of(1, 50)), whole, 1e-12);
  }

  @Test
  void mergingIsAssociative() {
    Profile a = Profiles.of(70, 80);
    Profile b = Profiles.of(1, 69);
    Profile c = Profiles.of(81, 150);
    assertSame(a.merge(b).merge(c), a.merge(b.merge(c)), 1e-12);
  }

  @Test
  void keepsTheVectorsOfTheFirstImagesByName() {
    List<AttributionExample> examples = Profiles.of(2, 150).category(1).examples();
    assertThat(examples).hasSize(CategoryProfile.EXAMPLES);
    assertThat(examples.get(63).image()).isEqualTo("image128");
  }

  @Test
  void mergingLeavesItsOperandsAlone() {
    Profile a = Profiles.of(1, 4);
    assertThat(a.merge(Profiles.of(5, 8)).images()).hasSize(8);
    assertSame(a, Profiles.of(1, 4), 0);
  }

  @Test
  void countsNoImageTwice() {
    assertThatThrownBy(() -> Profiles.of(1, 4).merge(Profiles.of(4, 5)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("image004");
    ProfileAccumulator sum = ProfileAccumulator.of(Profiles.of(1, 4));
    assertThatThrownBy(() -> sum.add(Profiles.image(2))).hasMessageContaining("image002");
    assertClose(
        sum.toProfile().moments("größe").sum(), Profiles.of(1, 4).moments("größe").sum(), 0);
  }

  @Test
  void refusesToMergeOtherSettings() {
    ProfileHeader header = Profiles.header();
    ProfileHeader other =
        new ProfileHeader(
            header.modelSha256(), header.categories(), 0.8, 7, new Size(192, 256), true, "0.1");
    Profile profile = new ProfileAccumulator(other, Profiles.MAPS).toProfile();
    assertThatThrownBy(() -> Profiles.of(1, 2).merge(profile))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected threshold 0.9, found 0.8");
  }

  @Test
  void ofOtherCategoriesIsAnotherProfile() {
    Profile some =
        new ProfileAccumulator(Profiles.header().ofOnly(List.of(0, 2)), Profiles.MAPS).toProfile();
    assertThatThrownBy(() -> Profiles.of(1, 2).merge(some))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected profiled categories [sky, straße, car], found [sky, car]");
    Profile none = new ProfileAccumulator(Profiles.header(), Profiles.MAPS).toProfile();
    assertThat(some.sha256()).isNotEqualTo(none.sha256());
    some.requireProfiled(List.of(2, 0));
    none.requireProfiled(List.of(0, 1, 2));
    assertThatThrownBy(() -> some.requireProfiled(List.of(0, 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the profile is of sky, car alone and says nothing of straße;");
    for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(3), List.of(-1, 0))) {
      assertThatThrownBy(() -> Profiles.header().ofOnly(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /**
   * Profiles are known by this in plans; it was so before some were of a part of the categories.
   */
  @Test
  void hasTheDigestThatItAlwaysHad() {
    assertThat(Profiles.of(1, 3).sha256())
        .isEqualTo("f88924d6fd3de6d5643af45da768237a7a7baee787a47d4e0e1541853be50120");
    assertThat(ProfileDigest.checksum(Profiles.of(1, 3)))
        .isEqualTo("55c742bf920a39e86c75900b9938a845244df41255784c6b24fcc48d96de905e");
  }

  @Test
  void refusesAnotherModel() {
    Profile profile = Profiles.of(1, 1);
    profile.requireModel("AB12", "model.onnx");
    assertThatThrownBy(() -> profile.requireModel("cd34", "model.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.onnx")
        .hasMessageContaining("made from another model");
  }
}
