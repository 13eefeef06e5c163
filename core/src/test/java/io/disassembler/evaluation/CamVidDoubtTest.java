package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.DataSet;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.Mask;
import io.disassembler.data.MaskReader;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trained network with what people get wrong. */
class CamVidDoubtTest {
  private static final Size SIZE = new Size(192, 256);

  private static String yaml() throws IOException {
    return Files.readString(Shared.model("unet-camvid.yaml"));
  }

  /** Two images, far apart, with mask values changed. */
  private static List<Sample> samples(IntUnaryOperator value) {
    DataSet all =
        ImageFolder.open(Shared.file("camvid/images/val"), Shared.file("camvid/masks/val"));
    MaskReader changed =
        file -> {
          Mask mask = Mask.read(file);
          return Mask.of(file, mask.size(), Arrays.stream(mask.values()).map(value).toArray());
        };
    return IntStream.of(0, 60)
        .mapToObj(all.samples()::get)
        .map(sample -> new Sample(sample.name(), sample.image(), sample.mask(), changed))
        .toList();
  }

  private static Optional<LabelDoubt> doubt(String card, IntUnaryOperator value) {
    return Evaluation.doubt(
        new EvaluationSubject(Shared.model("unet-camvid.onnx"), new Cost(0, 0), Boundary.PLAIN),
        NetworkCard.fromYaml(card, "card"),
        samples(value),
        new EvaluationSettings(SIZE, 2));
  }

  @Test
  void nothingIsSaidWhereNothingIsWrong() throws IOException {
    assertThat(doubt(yaml(), value -> value)).isEmpty();
  }

  @Test
  void shifted() throws IOException {
    String ignoring = yaml().replace("ignore: [11]", "ignore: [255]");

    assertThat(doubt(ignoring, value -> value >= 10 ? 255 : value + 1))
        .hasValueSatisfying(
            doubt -> assertThat(doubt.explanation()).contains("shifted by one").contains("from 1"));
  }

  @Test
  void inverted() throws IOException {
    assertThat(doubt(yaml(), value -> value == 11 ? 11 : 10 - value))
        .hasValueSatisfying(doubt -> assertThat(doubt.explanation()).contains("inverted"));
  }

  @Test
  void inAnotherOrder() throws IOException {
    int[] order = {0, 5, 2, 1, 4, 3, 6, 7, 8, 9, 10, 11};

    assertThat(doubt(yaml(), value -> order[value]))
        .hasValueSatisfying(
            doubt ->
                assertThat(doubt.explanation())
                    .contains("'tree' is the network's 'building'")
                    .contains("'road' is the network's 'tree'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          color: RGB                  | color: BGR      | colours are in the other order, RGB
          scale: 255                  | scale: 1        | another scale
          mean: [0.411, 0.425, 0.432] | mean: [0, 0, 0] | another scale
          """)
  void withAnotherInput(String right, String wrong, String explanation) throws IOException {
    String card = yaml().replace(right, wrong);
    if (wrong.startsWith("mean")) {
      card = card.replace("std: [0.27, 0.28, 0.28]", "std: [1, 1, 1]");
    }

    assertThat(doubt(card, value -> value))
        .hasValueSatisfying(doubt -> assertThat(doubt.explanation()).contains(explanation));
  }
}
