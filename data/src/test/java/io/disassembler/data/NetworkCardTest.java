package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Layout;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCardTest {
  private static final String STREET =
      """
      categories: [road, car, pedestrian, sky]
      input:
        color: bgr
        scale: 1
        mean: [104.0, 117, 123.5]
        std: [1, 2, 3]
        size: [192, 256]
      masks:
        ignore: [255]
        values: [[7, 8], 26, [24], []]
      """;

  private final NetworkCard street = NetworkCard.fromYaml(STREET, "street.yaml");

  private final Path folder;

  NetworkCardTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16,     is text in UTF-16; expected UTF-8",
    "UTF-16LE,   is text in UTF-16; expected UTF-8",
    "ISO-8859-1, is text in another encoding",
  })
  void aCardInAnotherEncodingIsRefusedInWordsThatSaySo(String encoding, String words)
      throws IOException {
    Path file =
        Files.write(
            folder.resolve("card.yaml"),
            "categories: [straße, auto]".getBytes(Charset.forName(encoding)));

    assertThatThrownBy(() -> NetworkCard.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("card.yaml", words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "categories: [a, b]\ndecision: independent\nthresholds: [0.3, 0.5]\nmasks: {bits: true}\n",
        "categories: [a, b]\ndecision: independent\nmasks: {values: [[1, 3], [2, 3]]}\n",
        "categories: [a, b]\ndecision: exclusive\n",
        "categories: [a]\ninput: {color: BANDS, mean: [1, 2, 3, 4], picture: [3, 1, 0], axes: HWC}\n",
        "categories: [a]\ninput: {std: [1, 2, 3, 4, 5], scale: 10000}\n",
      })
  void whatIsSaidOfDecisionsAndBandsIsWrittenAgain(String text) {
    NetworkCard card = NetworkCard.fromYaml(text, "card.yaml");
    assertThat(NetworkCard.fromYaml(card.toYaml(), "again")).isEqualTo(card);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decision: perhaps | decision: expected exclusive or independent, found \"perhaps\"",
        "thresholds: [0.5] | thresholds: expected one number for each category (2), found 1",
        "thresholds: [0.5, 1] | above 0 and below 1",
        "masks: {bits: 3} | masks.bits: expected true or false",
        "masks: {values: [[1, 3], [2, 3]]} | masks.values: 3 is given more than one meaning",
        "input: {color: BANDS, picture: [1]} | input.picture: expected three numbers of bands",
        "input: {axes: NCHW} | input.axes: expected CHW or HWC",
        "'input: {color: BANDS, mean: [1, 2], std: [1]}' | input.std: expected one number for each",
      })
  void whatMakesNoSenseOfDecisionsAndBandsIsRefused(String line, String message) {
    assertThatThrownBy(
            () -> NetworkCard.fromYaml("categories: [a, b]\n" + line + "\n", "card.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void thirtyTwoCategoriesAreTooManyToBeIndependent() {
    NetworkCard card = NetworkCard.unnamed(32);
    assertThatThrownBy(() -> card.decidedBy(DecisionRule.INDEPENDENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 31");
  }

  @Test
  void aByteOrderMarkIsNoLetter() throws IOException {
    Path file = Files.writeString(folder.resolve("card.yaml"), "\uFEFFcategories: [straße]");

    assertThat(NetworkCard.read(file).categories()).containsExactly("straße");
  }

  @Test
  void readsEveryKey() {
    assertThat(street.categories()).containsExactly("road", "car", "pedestrian", "sky");
    assertThat(street.color()).isEqualTo(ColorOrder.BGR);
    assertThat(street.scale()).isEqualTo(1);
    assertThat(street.mean()).containsExactly(104.0, 117.0, 123.5);
    assertThat(street.std()).containsExactly(1.0, 2.0, 3.0);
    assertThat(street.size()).isEqualTo(new Size(192, 256));
    assertThat(street.ignored()).containsExactly(255);
    assertThat(street.maskValues())
        .containsExactly(List.of(7, 8), List.of(26), List.of(24), List.of());
  }

  @Test
  void categoriesAloneAreACard() {
    NetworkCard card = NetworkCard.fromYaml("categories: ['0', '1', '2']", "x.yaml");
    assertThat(card).isEqualTo(NetworkCard.unnamed(3));
    assertThat(card.maskValues()).containsExactly(List.of(0), List.of(1), List.of(2));
    assertThat(card.scale()).isEqualTo(255);
    assertThat(card.size()).isNull();
  }

  @Test
  void aGreyNetworkHasOneMean() {
    NetworkCard card =
        NetworkCard.fromYaml("{categories: [a], input: {color: GRAY, mean: [0.5]}}", "x.yaml");
    assertThat(card.mean()).containsExactly(0.5);
    assertThat(card.std()).containsExactly(1.0);
  }

  @Test
  void anIgnoredValueIsTakenFromTheDefaultMeanings() {
    NetworkCard card =
        NetworkCard.fromYaml("{categories: [void, car], masks: {ignore: [0]}}", "x.yaml");
    assertThat(card.maskValues()).containsExactly(List.of(), List.of(1));
  }

  @Test
  void textRoundTrips() {
    assertThat(NetworkCard.fromYaml(street.toYaml(), "again")).isEqualTo(street);
    NetworkCard awkward =
        new NetworkCard(
            List.of("yes", "no: #1", "12", "null", "~", "a\"b'c", " bed ", "träd", "[x"),
            ColorOrder.GRAY,
            255.5,
            List.of(1e-7),
            List.of(1 / 3.0),
            null,
            NetworkCard.unnamed(9).maskValues(),
            List.of(255, 254));
    assertThat(NetworkCard.fromYaml(awkward.toYaml(), "again")).isEqualTo(awkward);
  }

  @Test
  void filesRoundTripAndNothingElseIsLeftBehind() throws IOException {
    Path file = folder.resolve("street.yaml");
    NetworkCard.unnamed(2).write(file);
    street.write(file);
    assertThat(NetworkCard.read(file)).isEqualTo(street);
    NetworkCard last = street.withLayouts(Layout.NHWC, Layout.HW);
    last.write(file);
    assertThat(NetworkCard.read(file)).isEqualTo(last).isNotEqualTo(street);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Path file = folder.resolve("missing").resolve("street.yaml");
    assertThatThrownBy(() -> street.write(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString());
    Path taken = folder.resolve("taken.yaml");
    Files.createDirectories(taken.resolve("full"));
    assertThatThrownBy(() -> street.write(taken)).isInstanceOf(InvalidInputException.class);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("no temporary file").containsExactly(taken);
    }
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path file = folder.resolve("none.yaml");
    assertThatThrownBy(() -> NetworkCard.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + ": there is no such network card");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          categorys: [a]                            | categorys: unknown key; did you mean categories?
          {categories: [a], input: {colour: RGB}}   | input.colour: unknown key; did you mean color?
          {categories: [a], masks: {ignored: [1]}}  | masks.ignored: unknown key; did you mean ignore?
          {input: {scale: 1}}                       | categories: expected a list of names
          {categories: []}                          | categories: expected at least one name
          {categories: [a, a]}                      | categories: "a" is listed twice
          {categories: [a, '']}                     | categories: expected names, found an empty one
          {categories: [a, true]}                   | categories: expected names, found "true"
          {categories: car}                         | categories: expected a list, found "car"
          {categories: [a], input: 3}               | input: expected keys (color, scale
          {categories: [a], input: {color: RBG}}    | input.color: expected one of RGB, BGR, GRAY, BANDS, found "RBG"
          {categories: [a], input: {scale: 0}}      | input.scale: expected a number above 0, found 0.0
          {categories: [a], input: {scale: big}}    | input.scale: expected a number, found "big"
          {categories: [a], input: {mean: [1, 2]}}  | input.mean: expected one number for each channel of RGB (3), found 2
          {categories: [a], input: {std: [1,1,0]}}  | input.std: expected numbers above 0
          {categories: [a], input: {mean: [1e999,1,1]}} | input.mean: expected finite numbers
          {categories: [a], input: {size: [5]}}     | input.size: expected [height, width] in pixels, of volumes [depth, height, width], found [5]
          {categories: [a], input: {size: [0, 9]}}  | input.size: expected [height, width]
          {categories: [a], masks: {ignore: [x]}}   | masks.ignore: expected whole numbers, or colours such as "#ff8000", found "x"
          {categories: [a], masks: {ignore: ['#12345']}} | found "#12345"
          {categories: [a], masks: {values: ['#112233'], ignore: [0]}} | masks.values, masks.ignore: expected numbers or colours, found both
          {categories: [a], masks: {values: ['#aabbcc'], ignore: ['#AABBCC']}} | masks.ignore: #aabbcc is given more than one meaning
          {categories: [a], masks: {ignore: [1.5]}} | masks.ignore: expected whole numbers
          {categories: [a], masks: {ignore: [-2]}}  | masks.ignore: expected values from -1 to 65535, found -2
          {categories: [a], masks: {values: [1,2]}} | masks.values: expected one entry for each category (1), found 2
          {categories: [a,b], masks: {values: [1,1]}} | masks.values: 1 is given more than one meaning
          {categories: [a], masks: {values: [1], ignore: [1]}} | masks.ignore: 1 is given more than one meaning
          {categories: [a], categories: [b]}        | not YAML
          {categories: [a                           | not YAML at line 1: while parsing a flow sequence, expected ',' or ']'
          {categories: [a], input: {layout: HWN}}   | input.layout: expected one of NCHW, NHWC, CHW, HWC, NHW, HW, NCDHW, NDHWC, NDHW, CDHW, DHWC, found "HWN"
          {categories: [a], input: {layout: NHW}}   | input.layout: expected NCHW, NHWC, CHW or HWC, of volumes NCDHW or NDHWC, found NHW
          {categories: [a], output: {size: [1, 1]}} | output.size: unknown key; did you mean layout?
          '"just text"'                             | expected keys (categories, decision, thresholds, input, output, masks)
          """)
  void whatIsNoCardIsRefusedInOneLineNamingFileAndKey(String yaml, String expected) {
    assertThatThrownBy(() -> NetworkCard.fromYaml(yaml, "net.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("net.yaml: ")
        .hasMessageContaining(expected)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"'',empty", "'# only a comment',empty"})
  void anEmptyTextIsRefused(String yaml, String expected) {
    assertThatThrownBy(() -> NetworkCard.fromYaml(yaml, "net.yaml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThatThrownBy(() -> NetworkCard.fromYaml("categories: [a]\n---\ncategories: [b]", "x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("x: expected one YAML document, found more");
  }

  @Test
  void categoriesAreFoundByNameThenByNumber() {
    assertThat(street.index("car")).isEqualTo(1);
    assertThat(street.index("3")).isEqualTo(3);
    NetworkCard numbers = NetworkCard.fromYaml("categories: ['1', '0']", "x.yaml");
    assertThat(numbers.index("1")).isZero();
  }

  @Test
  void anUnknownCategoryIsRefusedWithTheNearestNames() {
    assertThatThrownBy(() -> street.index("pedestrain"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown category \"pedestrain\"")
        .hasMessageContaining("nearest: pedestrian");
    assertThatThrownBy(() -> street.index("4")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> street.index("CAR")).hasMessageContaining("nearest: car");
  }

  @Test
  void listsOfCategoriesKeepTheirOrder() {
    assertThat(street.parse("pedestrian, 0,car")).containsExactly(2, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({"'car,car'", "'car,1'", "''", "'car,'", "'car,,sky'", "'car,plane'"})
  void listsWithDuplicatesGapsOrUnknownsAreRefused(String names) {
    assertThatThrownBy(() -> street.parse(names)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theSubNetworksOtherTakesTheValuesOfAllThatWasNotChosen() {
    NetworkCard small = street.restrictedTo(List.of(2, 1));
    assertThat(small.categories()).containsExactly("other", "pedestrian", "car");
    assertThat(small.maskValues()).containsExactly(List.of(7, 8), List.of(24), List.of(26));
    assertThat(small.ignored()).containsExactly(255);
    assertThat(small.mean()).isEqualTo(street.mean());
    assertThat(small.size()).isEqualTo(street.size());
    assertThat(NetworkCard.fromYaml(small.toYaml(), "metadata")).isEqualTo(small);
  }

  @Test
  void aSubNetworkOfAllCategoriesHasNoOther() {
    assertThat(street.restrictedTo(List.of(0, 1, 2, 3))).isEqualTo(street);
  }

  @Test
  void aSubNetworkCanBeCutAgainButItsOtherCannotBeChosen() {
    NetworkCard small = street.restrictedTo(List.of(2, 1));
    assertThat(small.restrictedTo(List.of(2)).maskValues())
        .containsExactly(List.of(7, 8, 24), List.of(26));
    assertThatThrownBy(() -> small.restrictedTo(List.of(0, 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("other");
  }

  @Test
  void aCardCannotBeChangedThroughWhatItWasMadeFrom() {
    assertThatThrownBy(() -> street.maskValues().get(0).add(9))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void readsTheCardOfTheSharedNetwork() {
    NetworkCard card = NetworkCard.read(Shared.model("unet-camvid.yaml"));
    assertThat(card.categories()).hasSize(11).contains("car", "pedestrian");
    assertThat(card.size()).isEqualTo(new Size(192, 256));
    assertThat(card.mean()).containsExactly(0.411, 0.425, 0.432);
    assertThat(card.ignored()).containsExactly(11);
  }

  @Test
  void editDistanceCountsInsertionsDeletionsAndReplacements() {
    assertThat(NearestNames.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestNames.distance("", "abc")).isEqualTo(3);
    assertThat(NearestNames.distance("same", "same")).isZero();
  }

  @Test
  void namesOfCategoriesThatHaveNoneYetAreExplained() {
    CategoryNames names = new CategoryNames(NetworkCard.unnamed(3).categories());

    assertThat(names.index("2")).isEqualTo(2);
    assertThatThrownBy(() -> names.parse("car"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("categories have no names yet, only the numbers 0 to 2")
        .hasMessageContaining("network card");
  }
}
