package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.ColorOrder;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelCheckTest {
  private static final Size SIZE = new Size(16, 16);
  private static final Random RANDOM = new Random(4);

  private static NetworkCard card(int categories, String rest) {
    StringBuilder names = new StringBuilder();
    for (int c = 0; c < categories; c++) {
      names.append(c == 0 ? "c" : ", c").append(c);
    }
    return NetworkCard.fromYaml("categories: [%s]%n%s".formatted(names, rest), "card");
  }

  /** What is there, and its red, green and blue: red says which category, blue nothing. */
  private record Scene(int[] truth, int[][] colors) {
    static Scene draw(int categories) {
      int[] truth = new int[SIZE.area()];
      int[][] colors = new int[3][SIZE.area()];
      for (int i = 0; i < truth.length; i++) {
        truth[i] = RANDOM.nextInt(10) == 0 ? RANDOM.nextInt(categories) : i / 16 % categories;
        colors[0][i] = 30 + 90 * (truth[i] % 3);
        colors[1][i] = 100;
        colors[2][i] = RANDOM.nextInt(256);
      }
      return new Scene(truth, colors);
    }

    /** As the card makes it the input. */
    float[] input(NetworkCard card) {
      float[] input = new float[3 * SIZE.area()];
      for (int channel = 0; channel < 3; channel++) {
        int color = card.color() == ColorOrder.BGR ? 2 - channel : channel;
        for (int i = 0; i < SIZE.area(); i++) {
          double x = colors[color][i] / card.scale();
          input[channel * SIZE.area() + i] =
              (float) ((x - card.mean().get(channel)) / card.std().get(channel));
        }
      }
      return input;
    }
  }

  private static Optional<LabelDoubt> check(
      NetworkCard card, IntUnaryOperator label, Function<float[], int[]> network) {
    LabelCheck check = new LabelCheck(card);
    int categories = Math.max(2, card.categories().size());
    for (int n = 0; n < 3; n++) {
      Scene scene = Scene.draw(categories);
      float[] input = scene.input(card);
      int[] labels = Arrays.stream(scene.truth()).map(label).toArray();
      Sample sample = new Sample("i", Path.of("i.png"), Path.of("m.png"));
      check.add(
          new LoadedImage(n, sample, SIZE, input, new LabelMap(SIZE, labels)),
          network.apply(input));
    }
    return check.doubt((input, at) -> network.apply(input));
  }

  /** Tells three levels of red apart, of what its own card would make of an image. */
  private static Function<float[], int[]> reds(NetworkCard own) {
    int red = own.color() == ColorOrder.BGR ? 2 : 0;
    return input -> {
      int[] found = new int[SIZE.area()];
      for (int i = 0; i < found.length; i++) {
        double x = input[red * SIZE.area() + i];
        double pixel = (x * own.std().get(red) + own.mean().get(red)) * own.scale();
        found[i] = (int) Math.max(0, Math.min(2, Math.rint((pixel - 30) / 90)));
      }
      return found;
    };
  }

  @Test
  void whoAgreesIsLeftAlone() {
    NetworkCard card = card(3, "");

    assertThat(check(card, l -> l, reds(card))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          input: {color: BGR}               | input: {color: RGB}               | BGR
          input: {color: RGB}               | input: {color: BGR}               | RGB
          input: {scale: 1}                 | input: {scale: 255}               | scale: 1
          input: {scale: 255}               | input: {scale: 1}                 | scale: 255
          input: {scale: 127.5, mean: [1, 1, 1]} | input: {scale: 1}            | scale: 127.5
          input: {scale: 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]} | input: {scale: 1} | mean: [0.485
          input: {color: BGR, scale: 1}     | input: {color: RGB, scale: 255}   | color: BGR, scale: 1
          """)
  void anotherInputIsFound(String right, String wrong, String attempt) {
    Optional<LabelDoubt> doubt = check(card(3, wrong), l -> l, reds(card(3, right)));

    assertThat(doubt).isPresent();
    assertThat(doubt.get().attempt()).startsWith("input: {").contains(attempt);
    assertThat(doubt.get().explained()).isGreaterThan(0.99);
    assertThat(doubt.get().text()).contains(doubt.get().explanation()).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          2 1 0         | inverted         | masks: {values: [2, 1, 0], ignore: [255]}
          -1 0 1        | the first        | masks: {values: [[], 0, 1], ignore: [255]}
          1 0 2         | 'c0' is the network's 'c1' | masks: {values: [1, 0, 2], ignore: [255]}
          1 2 0         | 'c0' is the network's 'c2' | masks: {values: [1, 2, 0], ignore: [255]}
          """)
  void anotherMeaningIsFound(String labels, String explanation, String attempt) {
    NetworkCard card = card(3, "masks: {ignore: [255]}");
    String[] of = labels.split(" ", -1);

    Optional<LabelDoubt> doubt = check(card, l -> Integer.parseInt(of[l]), reds(card));

    assertThat(doubt).isPresent();
    assertThat(doubt.get().explanation()).contains(explanation);
    assertThat(doubt.get().attempt()).isEqualTo(attempt);
  }

  @Test
  void aSingleCategoryMayBeInverted() {
    NetworkCard card = card(1, "");
    Function<float[], int[]> sees =
        input -> {
          int[] found = new int[SIZE.area()];
          for (int i = 0; i < found.length; i++) {
            found[i] = input[i] < 0.3 ? 0 : 1;
          }
          return found;
        };

    assertThat(check(card, l -> l, sees)).isEmpty();
    assertThat(check(card, l -> 1 - l, sees))
        .hasValueSatisfying(
            doubt -> {
              assertThat(doubt.explanation()).isEqualTo("the masks are inverted");
              assertThat(doubt.attempt()).isEqualTo("masks: {values: [0]}");
            });
  }

  @Test
  void aBadNetworkIsNobodysMistake() {
    NetworkCard card = card(6, "");

    assertThat(check(card, l -> l, input -> new int[SIZE.area()])).isEmpty();
    assertThat(check(card, l -> l, input -> RANDOM.ints(SIZE.area(), 0, 6).toArray())).isEmpty();
  }
}
