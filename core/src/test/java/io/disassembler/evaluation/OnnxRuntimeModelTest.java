package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Size;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeModelTest {
  private final Path folder;

  OnnxRuntimeModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(OptLevel.class)
  void runsAConvolutionAtAnyOptimisation(OptLevel optimisation) {
    // Two categories: r + 2 g + 3 b + 0.5 and -r.
    Path file =
        write(TinyModels.perPixel(2, new float[] {1, 2, 3, -1, 0, 0}, new float[] {0.5f, 0}));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 2, optimisation)) {
      NetworkOutput.Scores scores =
          (NetworkOutput.Scores)
              model.run(new float[] {1, 2, 10, 20, 100, 200}, Shape.of(1, 3, 1, 2));

      assertThat(scores.batch()).isEqualTo(1);
      assertThat(scores.categories()).isEqualTo(2);
      assertThat(scores.size()).isEqualTo(new Size(1, 2));
      assertThat(scores.values())
          .containsExactly(new float[] {321.5f, 642.5f, -1, -2}, within(1e-3f));
    }
  }

  /** Found by fuzzing: ONNX Runtime's list of metadata had a key without a value. */
  @Test
  void leavesOutMetadataWhoseKeyIsNoString() {
    Path file =
        write(
            TinyModels.channelsAsScores().metadata("known", "value").metadata("cut\0off", "value"));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      assertThat(model.metadata()).isEqualTo(Map.of("known", "value"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsCategoryNumbersFromNetworksThatEndInAnArgMax(boolean keepAxis) {
    Path file = write(TinyModels.argMax(TinyModels.channelsAsScores(), keepAxis));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      NetworkOutput.LabelMaps labels =
          (NetworkOutput.LabelMaps)
              model.run(new float[] {5, 1, /**/ 2, 1, /**/ 3, 2}, Shape.of(1, 3, 2, 1));

      assertThat(labels.batch()).isEqualTo(1);
      assertThat(labels.size()).isEqualTo(new Size(2, 1));
      assertThat(labels.values()).containsExactly(0, 2);
    }
  }

  @Test
  void tellsInputAndMetadata() {
    Path file = write(TinyModels.channelsAsScores().metadata("disassembler.card", "text"));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      assertThat(model.file()).isEqualTo(file);
      assertThat(model.inputName()).isEqualTo("pixels");
      assertThat(model.inputShape()).containsExactly(-1L, 3L, -1L, -1L);
      assertThat(model.metadata()).containsEntry("disassembler.card", "text");
    }
  }

  @Test
  void readsAnInputThatIsFilledAgain() {
    Path file = write(TinyModels.channelsAsScores());
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1);
        InputTensor input = new InputTensor(Shape.of(1, 3, 1, 1))) {
      for (float value : new float[] {1, 2}) {
        input.fill(new float[] {value, 0, 0});
        assertThat(((NetworkOutput.Scores) model.run(input)).values()).containsExactly(value, 0, 0);
      }
    }
  }

  @Test
  void namesTheFileThatCannotBeLoaded() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "this is no network");

    assertRefused(text, "ONNX Runtime cannot load it");
    assertRefused(folder.resolve("missing.onnx"), "nothing there");
    assertRefused(folder, "a folder");
  }

  @Test
  void namesTheNetworkThatTakesNoImages() {
    Network.Builder twoInputs =
        TinyModels.channelsAsScores()
            .input(TinyModels.images("more", new Dimension.Fixed(1), new Dimension.Fixed(1)));
    assertRefused(write(twoInputs), "found 2: pixels, more");

    Network.Builder vectors =
        new Network.Builder("vectors")
            .opset("", 17)
            .input(new Value("v", ElementType.FLOAT, TinyModels.symbolic("n", "c")))
            .node(Node.of("", "Relu", List.of("v"), List.of("y"), Map.of()))
            .output(new Value("y", ElementType.FLOAT, TinyModels.symbolic("n", "c")));
    assertRefused(write(vectors), "input 'v'");
  }

  @Test
  void namesTheNetworkWithoutSpatialOutput() {
    Path file =
        write(
            TinyModels.channelsAsScores()
                .node(Node.of("", "Flatten", List.of("scores"), List.of("flat"), Map.of()))
                .outputs(
                    List.of(new Value("flat", ElementType.FLOAT, TinyModels.symbolic("n", "f")))));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      assertThatThrownBy(() -> model.run(new float[6], Shape.of(1, 3, 1, 2)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file + ": output 'flat'")
          .hasMessageContaining("[1, 6]");
    }
  }

  @Test
  void namesTheNetworkThatWantsAnotherSize() {
    Value fixed = TinyModels.images("pixels", new Dimension.Fixed(8), new Dimension.Fixed(8));
    Path file =
        write(
            new Network.Builder("fixed")
                .opset("", 17)
                .input(fixed)
                .node(Node.of("", "Relu", List.of("pixels"), List.of("y"), Map.of()))
                .output(TinyModels.scores("y")));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1)) {
      assertThatThrownBy(() -> model.run(new float[3 * 4 * 8], Shape.of(1, 3, 4, 8)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file + ": input 'pixels': expected [-1, 3, 8, 8]")
          .hasMessageEndingWith("found [1, 3, 4, 8]");
    }
  }

  private Path write(Network.Builder network) {
    return TinyModels.write(network, folder.resolve("tiny.onnx"));
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> OnnxRuntimeModel.open(file, 1).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }
}
