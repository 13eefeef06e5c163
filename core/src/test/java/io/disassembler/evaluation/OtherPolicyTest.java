package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import io.disassembler.graph.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherPolicyTest {
  private static final Size SIZE = new Size(16, 16);

  private final Path folder;

  OtherPolicyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void renamingTheFullNetworksArgMaxEqualsTheMaximumOverTheOthers(long seed) {
    Random random = new Random(seed);
    List<String> names = IntStream.range(0, 6).mapToObj(i -> "category " + i).toList();
    List<Integer> chosen = random.ints(0, 6).distinct().limit(2).boxed().toList();
    CategoryMapping mapping = CategoryMapping.of(names, chosen);
    Path full = TinyModels.write(TinyModels.randomScores(6, seed), folder.resolve("full.onnx"));
    Path cut =
        TinyModels.write(
            TinyModels.subNetwork(TinyModels.randomScores(6, seed), mapping),
            folder.resolve("cut.onnx"));
    float[] pixels = new float[3 * SIZE.area()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    try (OnnxRuntimeModel fullModel = OnnxRuntimeModel.open(full, 1);
        OnnxRuntimeModel cutModel = OnnxRuntimeModel.open(cut, 1)) {
      NetworkOutput.Scores scores =
          (NetworkOutput.Scores) fullModel.run(pixels, Shape.of(1, 3, 16, 16));
      int[] renamed = mapping.apply(new Predictor(full, 6, Thresholds.LOGIT).labels(scores, SIZE));
      int[] ofCut =
          new Predictor(cut, 3, Thresholds.LOGIT)
              .labels(cutModel.run(pixels, Shape.of(1, 3, 16, 16)), SIZE);

      assertThat(renamed).isEqualTo(bruteForce(scores.values(), mapping)).isEqualTo(ofCut);
      // Some of either kind, or the comparison would say little.
      assertThat(Arrays.stream(renamed).boxed()).contains(0).anyMatch(label -> label > 0);
    }
  }

  private static int[] bruteForce(float[] scores, CategoryMapping mapping) {
    int[] labels = new int[SIZE.area()];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      float best = Float.NEGATIVE_INFINITY;
      for (int category : mapping.other()) {
        best = Math.max(best, scores[category * SIZE.area() + pixel]);
      }
      for (int i = 0; i < mapping.chosen().size(); i++) {
        float score = scores[mapping.chosen().get(i) * SIZE.area() + pixel];
        if (score > best) {
          best = score;
          labels[pixel] = i + 1;
        }
      }
    }
    return labels;
  }
}
