package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.data.DataSet;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import io.disassembler.testing.Shared;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole path from files to figures against those that PyTorch and Pillow gave. */
class CamVidEvaluationTest {
  private static final Map<String, Double> IOU =
      Map.ofEntries(
          Map.entry("sky", 0.885),
          Map.entry("building", 0.450),
          Map.entry("pole", 0.127),
          Map.entry("road", 0.893),
          Map.entry("pavement", 0.702),
          Map.entry("tree", 0.608),
          Map.entry("signsymbol", 0.139),
          Map.entry("fence", 0.142),
          Map.entry("car", 0.675),
          Map.entry("pedestrian", 0.175),
          Map.entry("bicyclist", 0.156));

  @Test
  void givesTheKnownIouOfTheUnetOnAllTestImages() {
    Path camvid = Shared.file("camvid");
    DataSet test = ImageFolder.open(camvid.resolve("images/test"), camvid.resolve("masks/test"));
    EvaluationResult result =
        Evaluation.run(
            new EvaluationSubject(Shared.model("unet-camvid.onnx"), new Cost(0, 0), Boundary.PLAIN),
            NetworkCard.read(Shared.model("unet-camvid.yaml")),
            List.of(),
            test.samples(),
            new EvaluationSettings(new Size(192, 256), 2, false, Thresholds.LOGIT, null),
            (done, total) -> {});

    assertThat(result.images()).isEqualTo(233);
    assertThat(result.reference().categories())
        .hasSize(11)
        .allSatisfy(
            (CategoryScore category) ->
                assertThat(category.counts().iou())
                    .isCloseTo(IOU.getOrDefault(category.name(), -1.0), within(0.005)));
    assertThat(result.reference().meanIou()).isCloseTo(0.450, within(0.002));
  }
}
