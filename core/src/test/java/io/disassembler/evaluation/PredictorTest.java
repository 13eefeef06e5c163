package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Size;
import io.disassembler.evaluation.NetworkOutput.LabelMaps;
import io.disassembler.evaluation.NetworkOutput.Scores;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictorTest {
  private static final Path FILE = Path.of("x.onnx");
  private static final Size PAIR = new Size(1, 2);

  private final Path folder;

  PredictorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void takesTheCategoryOfTheHighestScoreAndTheFirstOfEqualOnes() {
    Predictor predictor = new Predictor(FILE, 3, Thresholds.LOGIT);
    float[] twoImages = {
      1, 5, /**/ 2, 5, /**/ 0, 4,
      -3, -1, /**/ -2, -1, /**/ -1, 0,
    };

    assertThat(predictor.labels(new Scores(twoImages, 2, 3, PAIR), PAIR))
        .containsExactly(1, 0, 2, 2);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.4, -0.1, 0, 1", "0.5, 0.4, 0.6, 1, 0", "0, 0, 0.1, 1, 0"})
  void comparesASingleScoreWithTheThreshold(
      float threshold, float left, float right, int leftLabel, int rightLabel) {
    Scores scores = new Scores(new float[] {left, right}, 1, 1, PAIR);

    assertThat(new Predictor(FILE, 1, Thresholds.all(threshold)).labels(scores, PAIR))
        .containsExactly(leftLabel, rightLabel);
  }

  @Test
  void resizesScoresBeforeItChoosesAmongThem() {
    // Between 0 and 4 on the left and 3 everywhere on the right the lines cross at 3/4.
    Scores scores = new Scores(new float[] {0, 4, /**/ 3, 3}, 1, 2, PAIR);

    assertThat(new Predictor(FILE, 2, Thresholds.LOGIT).labels(scores, new Size(1, 8)))
        .containsExactly(1, 1, 1, 1, 1, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 12, 9", "4, 6, 8, 12", "9, 8, 3, 5", "1, 1, 4, 3"})
  void resizesScoresAsOnnxRuntimeDoes(int height, int width, int toHeight, int toWidth) {
    float[] values = new float[2 * 3 * height * width];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Path file =
        TinyModels.write(
            TinyModels.empty()
                .weight(Weight.ofLongs("sizes", 2, 3, toHeight, toWidth))
                .node(
                    Node.of(
                        "",
                        "Resize",
                        List.of("pixels", "", "", "sizes"),
                        List.of("y"),
                        Map.of(
                            "mode", new Attribute.Text("linear"),
                            "coordinate_transformation_mode", new Attribute.Text("half_pixel"))))
                .output(TinyModels.scores("y")),
            folder.resolve("resize.onnx"));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      Scores expected = (Scores) model.run(values, Shape.of(2, 3, height, width));

      BilinearScores actual =
          new BilinearScores(
              new Scores(values, 2, 3, new Size(height, width)), new Size(toHeight, toWidth));

      assertThat(expected.size()).isEqualTo(new Size(toHeight, toWidth));
      assertThat(actual.rows()).isEqualTo(toHeight);
      float[] row = new float[toWidth];
      for (int line = 0; line < 2 * 3 * toHeight; line++) {
        actual.read(line / toHeight, line % toHeight, row);
        assertThat(row)
            .containsExactly(
                Arrays.copyOfRange(expected.values(), line * toWidth, (line + 1) * toWidth),
                within(1e-5f));
      }
    }
  }

  @Test
  void takesLabelMapsAsTheyAreOrResizedByNearestNeighbour() {
    Predictor predictor = new Predictor(FILE, 3, Thresholds.LOGIT);
    LabelMaps maps = new LabelMaps(new int[] {0, 1, /**/ 2, 0}, 2, PAIR);

    assertThat(predictor.labels(maps, PAIR)).containsExactly(0, 1, 2, 0);
    assertThat(predictor.labels(maps, new Size(2, 4)))
        .containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 0, 0, 2, 2, 0, 0);
  }

  @Test
  void refusesNetworksWithOtherCategories() {
    Predictor predictor = new Predictor(FILE, 3, Thresholds.LOGIT);

    assertThatThrownBy(() -> predictor.labels(new Scores(new float[8], 1, 4, PAIR), PAIR))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("x.onnx: expected an output for each of 3 categories, found 4 outputs");
    assertThatThrownBy(() -> predictor.labels(new LabelMaps(new int[] {0, 3}, 1, PAIR), PAIR))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("x.onnx: expected categories 0 to 2 as output, found 3");
  }
}
