package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryMappingTest {
  private static final List<String> STREET = List.of("sky", "road", "car", "pedestrian");

  @Test
  void independentCategoriesAreSets() {
    CategoryMapping mapping = CategoryMapping.of(STREET, List.of(3, 1)).independently();
    assertThat(mapping.names()).containsExactly("pedestrian", "road");
    assertThat(mapping.apply(new int[] {0, 0b1010, 0b0111, 0b1000, -1}))
        .containsExactly(0, 0b11, 0b10, 0b01, -1);
    assertThat(CategoryMapping.fromJson(mapping.toJson(), "small.onnx")).isEqualTo(mapping);
  }

  @Test
  void namesOtherFirstThenTheChosenInTheirOrder() {
    CategoryMapping mapping = CategoryMapping.of(STREET, List.of(3, 1));

    assertThat(mapping.other()).containsExactly(0, 2);
    assertThat(mapping.names()).containsExactly("other", "pedestrian", "road");
  }

  @Test
  void hasNoOtherIfAllAreChosen() {
    assertThat(CategoryMapping.of(STREET, List.of(3, 2, 1, 0)).names())
        .containsExactly("pedestrian", "car", "road", "sky");
    assertThat(CategoryMapping.identity(STREET).names()).isEqualTo(STREET);
  }

  @Test
  void renamesLabelsAndKeepsIgnoredAndUncategorisedOnesApart() {
    int[] labels = {0, 1, 2, 3, -1, 4};

    assertThat(CategoryMapping.of(STREET, List.of(3, 1)).apply(labels))
        .containsExactly(0, 2, 0, 1, -1, 3);
    assertThat(CategoryMapping.of(STREET, List.of(3, 2, 1, 0)).apply(labels))
        .containsExactly(3, 2, 1, 0, -1, 4);
  }

  @Test
  void survivesTheRoundTripThroughMetadata() {
    CategoryMapping mapping = CategoryMapping.of(STREET, List.of(2));
    String json = mapping.toJson();

    assertThat(json)
        .isEqualTo(
            "{\"source\":[\"sky\",\"road\",\"car\",\"pedestrian\"],"
                + "\"other\":[0,1,3],\"chosen\":[2]}");
    assertThat(
            CategoryMapping.fromMetadata(Map.of(CategoryMapping.METADATA_KEY, json), "small.onnx"))
        .contains(mapping);
    assertThat(CategoryMapping.fromMetadata(Map.of(), "full.onnx")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "no json",
        "{\"source\":[\"a\"]}",
        "{\"source\":[\"a\"],\"other\":[0],\"chosen\":[]}",
        "{\"source\":[\"a\",\"b\"],\"other\":[0],\"chosen\":[0]}",
        "{\"source\":[\"a\",\"b\"],\"other\":[0],\"chosen\":[2]}",
        "{\"source\":[\"a\",\"b\"],\"other\":[],\"chosen\":[1]}",
        "{\"source\":[\"a\"],\"other\":[],\"chosen\":[0]} more"
      })
  void refusesWhatIsNoMappingInOneLineThatNamesTheModel(String json) {
    assertThatThrownBy(
            () ->
                CategoryMapping.fromMetadata(
                    Map.of(CategoryMapping.METADATA_KEY, json), "small.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("small.onnx (metadata disassembler.mapping): ")
        .message()
        .hasLineCount(1);
  }
}
