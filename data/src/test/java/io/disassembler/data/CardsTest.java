package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardsTest {
  private final Path folder;
  private final Path model;
  private final Path override;

  CardsTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = folder.resolve("net.onnx");
    this.override = folder.resolve("mine.yaml");
  }

  @Test
  void aDataSetNamesTheCategoriesOfANetworkWithoutACard() throws IOException {
    Legend legend = new Legend(List.of("road", "car"), List.of(255));
    TestImages.logged(
        () -> {
          NetworkCard named = Cards.resolve(model, null, Map.of(), 2, legend);
          assertThat(named.categories()).containsExactly("road", "car");
          assertThat(named.ignored()).containsExactly(255);
          assertThat(Cards.resolve(model, null, Map.of(), 3, legend))
              .isEqualTo(NetworkCard.unnamed(3));
        });
    Map<String, String> metadata = Map.of(NetworkCard.METADATA_KEY, "categories: [sky, tree]");
    assertThat(Cards.resolve(model, null, metadata, 2, legend).categories())
        .containsExactly("sky", "tree");
  }

  @Test
  void aDataSetOfOneCategorySaysNothingOfASingleOutput() throws IOException {
    Legend legend = new Legend(List.of("background"), List.of(255));
    TestImages.logged(
        () ->
            assertThat(Cards.resolve(model, null, Map.of(), 1, legend))
                .isEqualTo(NetworkCard.unnamed(1)));
  }

  @Test
  void theOverridingFileComesFirstThenMetadataThenTheFileNextToTheModel() throws IOException {
    Files.writeString(override, "categories: [from override]");
    Map<String, String> metadata = Map.of(NetworkCard.METADATA_KEY, "categories: [from metadata]");
    Files.writeString(folder.resolve("net.yml"), "categories: [from yml]");

    assertThat(name(override, metadata)).isEqualTo("from override");
    assertThat(name(null, metadata)).isEqualTo("from metadata");
    assertThat(name(null, Map.of())).isEqualTo("from yml");
    Files.writeString(folder.resolve("net.yaml"), "categories: [from yaml]");
    assertThat(name(null, Map.of())).isEqualTo("from yaml");
  }

  @Test
  void withoutACardCategoriesAreNumbersAndAWarningSaysSo() throws IOException {
    String log =
        TestImages.logged(
            () ->
                assertThat(Cards.resolve(model, null, Map.of(), 3))
                    .isEqualTo(NetworkCard.unnamed(3)));
    assertThat(log).contains("net.onnx").contains("no network card").contains("0 to 2");
  }

  @Test
  void aCardForAnotherNumberOfCategoriesIsRefusedNamingItsSource() throws IOException {
    Files.writeString(override, "categories: [a, b]");
    assertThatThrownBy(() -> Cards.resolve(model, override, Map.of(), 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(override + ": categories: expected 3")
        .hasMessageContaining("found 2");
    Map<String, String> metadata = Map.of(NetworkCard.METADATA_KEY, "categories: [a, b]");
    assertThatThrownBy(() -> Cards.resolve(model, null, metadata, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("net.onnx (metadata disassembler.card)");
  }

  @Test
  void aMissingOverrideIsRefusedRatherThanPassedOver() {
    assertThatThrownBy(() -> Cards.resolve(model, override, Map.of(), 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mine.yaml");
  }

  private String name(@Nullable Path file, Map<String, String> metadata) {
    return Cards.resolve(model, file, metadata, 1).categories().get(0);
  }
}
