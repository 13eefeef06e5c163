package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignMetadataTest {
  private static final List<String> SOURCE = List.of("bg", "person", "car");

  private static Map<String, String> of(String key, String value, Integer... chosen) {
    return ForeignMetadata.of(Map.of(key, value), CategoryMapping.of(SOURCE, List.of(chosen)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          names       | {0: 'bg', 1: 'person', 2: 'car'}              | {0: 'other', 1: 'car'}
          names       | {0: "it's", 1: 'person', 2: 'car'}            | {0: 'other', 1: 'car'}
          names       | ['Background', 'Person', 'Car']               | ['other', 'Car']
          names       | ("a", "b", "c")                               | ['other', 'c']
          id2label    | {"0": "bg", "1": "person", "2": "car"}        | {"0":"other","1":"car"}
          label2id    | {"bg": 0, "person": 1, "car": 2}              | {"other":0,"car":1}
          classes     | bg,person,car                                 | other,car
          labels      | bg, person, car                               | other, car
          class_names | ["bg", "person", "car"]                       | ["other","car"]
          whatever    | ["bg", "person", "car"]                       | ["other","car"]
          nc          | 3                                             | 2
          num_classes | 3                                             | 2
          n_classes   | 3                                             | 2
          config      | {"arch": "unet", "num_labels": 3, "id2label": {"0": "bg", "1": "person", "2": "car"}} | {"arch":"unet","num_labels":2,"id2label":{"0":"other","1":"car"}}
          args        | {'batch': 1, 'half': False, 'names': ['bg', 'person', 'car'], 'x': None} | {'batch': 1, 'half': False, 'names': ['other', 'car'], 'x': None}
          """)
  void whatNamesOrCountsCategoriesIsCorrected(String key, String value, String corrected) {
    assertThat(of(key, value, 2)).containsExactly(Map.entry(key, corrected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          stride  | 32
          channels| 3
          imgsz   | [640, 640, 3]
          mean    | [0.485, 0.456, 0.406]
          args    | {'batch': 1, 'half': False, 'opset': 17}
          author  | a,b,c
          task    | segment
          date    | 2024-01-01T00:00:00
          license | AGPL-3.0 License (https://ultralytics.com/license)
          text    | {not quite: [python
          """)
  void everythingElseStays(String key, String value) {
    assertThat(of(key, value, 2)).containsExactly(Map.entry(key, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          palette       | [[0, 0, 0], [1, 2, 3], [4, 5, 6]]
          class_weights | [0.1, 0.5, 0.4]
          notes         | {bg -> person -> car
          """)
  void whatHasAnEntryForEachAndIsNotUnderstoodIsDropped(String key, String value) {
    assertThat(of(key, value, 2)).isEmpty();
  }

  @Test
  void choosingAllInTheirOrderChangesNothing() {
    Map<String, String> entries = Map.of("names", "{0: 'bg', 1: 'person', 2: 'car'}");

    assertThat(ForeignMetadata.of(entries, CategoryMapping.identity(SOURCE))).isEqualTo(entries);
  }

  @Test
  void choosingAllInAnotherOrderChangesTheOrder() {
    assertThat(of("names", "{0: 'bg', 1: 'person', 2: 'car'}", 2, 0, 1))
        .containsEntry("names", "{0: 'car', 1: 'bg', 2: 'person'}");
  }
}
