package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedMasksTest {
  private static NetworkCard card(String categories, String masks) {
    return NetworkCard.fromYaml("categories: [%s]%n%s".formatted(categories, masks), "card");
  }

  private static NetworkCard read(String categories, String masks, String... dataSet) {
    return card(categories, masks).forMasksOf(new Legend(List.of(dataSet), List.of(255)), "set");
  }

  @Test
  void namesInAnotherOrderAreMapped() {
    NetworkCard card = read("background, person, car", "", "background", "car", "person");

    assertThat(card.maskValues()).containsExactly(List.of(0), List.of(2), List.of(1));
    assertThat(card.ignored()).containsExactly(255);
  }

  @Test
  void fewerAreMapped() {
    assertThat(read("background, person, Traffic_Light", "", "traffic light").maskValues())
        .containsExactly(List.of(), List.of(), List.of(0));
  }

  @Test
  void whatASubNetworkDoesNotKnowIsOther() {
    assertThat(read("other, car", "", "background", "car", "person").maskValues())
        .containsExactly(List.of(0, 2), List.of(1));
  }

  @Test
  void aSingleCategoryIsOneOfThem() {
    NetworkCard card = read("car", "", "background", "car", "person");

    assertThat(card.maskValues()).containsExactly(List.of(1));
    assertThat(card.ignored()).containsExactly(255);
  }

  @Test
  void namesCountForMoreThanValuesThatSayOtherwise() {
    assertThat(read("road, car", "masks: {values: [7, 26]}", "road", "car").maskValues())
        .containsExactly(List.of(0), List.of(1));
  }

  @Test
  void valuesOfACardWithNamesOfItsOwnStay() {
    assertThat(read("ground, car", "masks: {values: [[0, 2], 1]}", "a", "car", "b").maskValues())
        .containsExactly(List.of(0, 2), List.of(1));
  }

  @Test
  void numbersAreNoNames() {
    assertThat(NetworkCard.unnamed(2).forMasksOf(new Legend(List.of("b", "a"), List.of()), "set"))
        .isEqualTo(NetworkCard.unnamed(2));
  }

  /** As a network of three categories on masks of ADE20K: what exceeds them is no category. */
  @Test
  void whereNoNameIsCommonAndTheDataSetHasMoreNumbersCount() {
    NetworkCard card = read("red, green, blue", "", "wall", "building", "sky", "floor");
    assertThat(card.maskValues()).containsExactly(List.of(0), List.of(1), List.of(2));
    assertThat(card.ignored()).containsExactly(255);
  }

  @Test
  void fewNamesThatDifferInPlaceAreTheSame() {
    assertThat(read("sky, road, signsymbol", "", "sky", "road", "sign").maskValues())
        .containsExactly(List.of(0), List.of(1), List.of(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          background, person, car | background,car,dog
          background, person, car | background,person,car,dog
          background, person, car | hund,katze,maus
          object                  | background,car,dog
          """)
  void unknownOnesAreRefusedWithBothLists(String own, String dataSet) {
    assertThatThrownBy(() -> read(own, "", dataSet.split(",", -1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("set: its categories [")
        .hasMessageContaining("[" + dataSet.replace(",", ", ") + "]")
        .hasMessageContaining("[" + own + "]");
  }
}
