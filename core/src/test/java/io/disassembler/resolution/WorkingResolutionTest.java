package io.disassembler.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.selection.Costing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingResolutionTest {
  private static final int HEIGHT = 64;
  private static final int WIDTH = 96;
  private static final Anatomy PYRAMID =
      PyramidNetwork.anatomy(PyramidNetwork.of(HEIGHT, WIDTH, HEIGHT, WIDTH), HEIGHT, WIDTH);

  private static Weight resized(Weight image, long... places) {
    Shape shape = image.shape().with(2, places[0]).with(3, places[1]);
    return Weight.ofFloats(
        "image", shape, TrialRun.run(PyramidNetwork.resize(shape.dimension(1), places), image, 1));
  }

  private static Network at(Anatomy full, double scale) {
    return WorkingResolution.of(full, scale).orElseThrow().network();
  }

  @Test
  void aFileThatStatesItsSizesWorksOnFewerPlaces() {
    Weight image = PyramidNetwork.image(HEIGHT, WIDTH);
    float[] expected =
        TrialRun.run(PyramidNetwork.of(48, 72, HEIGHT, WIDTH), resized(image, 48, 72), 1);
    assertThat(TrialRun.difference(expected, TrialRun.run(at(PYRAMID, 0.75), image, 1)))
        .isLessThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 13, 17})
  void onnxRuntimeAgrees(long opset) {
    Network open = PyramidNetwork.open().toBuilder().opset("", opset).build();
    agrees(at(PyramidNetwork.anatomy(open, HEIGHT, WIDTH), 0.3));
  }

  @Test
  void onnxRuntimeAgreesWhereSizesAreStated() {
    agrees(at(PYRAMID, 0.75));
  }

  private static void agrees(Network low) {
    Weight image = PyramidNetwork.image(HEIGHT, WIDTH);
    try (TemporaryModel written = TemporaryModel.of(low);
        OnnxRuntimeModel model = OnnxRuntimeModel.open(written.file(), 1)) {
      NetworkOutput.Scores scores = (NetworkOutput.Scores) model.run(image.floats(), image.shape());
      assertThat(TrialRun.difference(TrialRun.run(low, image, 1), scores.values()))
          .isLessThan(1e-5);
    }
  }

  @Test
  void costsShrinkWithTheArea() {
    Anatomy low = WorkingResolution.of(PYRAMID, 0.5).orElseThrow();
    assertThat((double) Costing.of(low).macs() / Costing.of(PYRAMID).macs()).isEqualTo(0.25);
    assertThat(Costing.of(low).parameters()).isEqualTo(Costing.of(PYRAMID).parameters());
    assertThat(low.groups().groups()).hasSameSizeAs(PYRAMID.groups().groups());
  }

  @Test
  void whereImagesMayHaveAnySizeItIsAShareOfTheirs() {
    Anatomy open = PyramidNetwork.anatomy(PyramidNetwork.open(), HEIGHT, WIDTH);
    Network low = at(open, 0.75);
    Weight image = PyramidNetwork.image(80, 112);
    Weight scores =
        Weight.ofFloats(
            "image",
            Shape.of(1, PyramidNetwork.CATEGORIES, 16, 22),
            TrialRun.run(open.network(), resized(image, 64, 88), 1));
    assertThat(TrialRun.difference(resized(scores, 20, 28).floats(), TrialRun.run(low, image, 1)))
        .isLessThan(1e-5);
  }

  @Test
  void someOfAnyImageIsLeft() {
    Anatomy open = PyramidNetwork.anatomy(PyramidNetwork.open(), HEIGHT, WIDTH);
    for (double scale : new double[] {0.25, 0.5, 0.9}) {
      Network low = at(open, scale);
      for (int side = 2; side <= 40; side++) {
        assertThat(TrialRun.run(low, PyramidNetwork.image(side, 2L * side), 1))
            .as("%d pixels at %s", side, scale)
            .isNotEmpty();
      }
    }
  }

  @Test
  void belowHalfEveryPixelStillCounts() {
    Anatomy open = PyramidNetwork.anatomy(PyramidNetwork.open(), HEIGHT, WIDTH);
    float[] pixels = new float[3 * HEIGHT * WIDTH];
    Network low = at(open, 0.25);
    Shape shape = Shape.of(1, 3, HEIGHT, WIDTH);
    float[] nothing = TrialRun.run(low, Weight.ofFloats("image", shape, pixels), 1);
    for (int place = 0; place < 64; place++) {
      float[] one = pixels.clone();
      one[(20 + place / 8) * WIDTH + 40 + place % 8] = 1;
      assertThat(TrialRun.run(low, Weight.ofFloats("image", shape, one), 1))
          .as("pixel %d", place)
          .isNotEqualTo(nothing);
    }
  }

  @Test
  void atFullResolutionItIsTheNetworkItself() {
    assertThat(WorkingResolution.of(PYRAMID, 1)).containsSame(PYRAMID);
  }

  @Test
  void whatReadsAllPixelsAtOnceWorksAtOneResolution() {
    Anatomy flat = PyramidNetwork.anatomy(PyramidNetwork.flat(16, 16), 16, 16);
    assertThat(WorkingResolution.of(flat, 0.5)).isEmpty();
  }
}
