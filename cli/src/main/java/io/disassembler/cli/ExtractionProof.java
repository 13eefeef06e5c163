package io.disassembler.cli;

import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.surgery.Extraction;
import io.disassembler.surgery.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was checked of a sub-network before it was written, on a random image; differences are
 * relative to the range of the output.
 *
 * @param cutAgainstMasked between the cut network and the full one with the removed channels zeroed
 * @param runtimeAgainstEngine between ONNX Runtime and our engine, for the file
 */
record ExtractionProof(double cutAgainstMasked, double runtimeAgainstEngine) {
  private static final long SEED = 1;

  /**
   * Checks {@code result}.
   *
   * @throws IllegalStateException if a difference is more than rounding explains
   */
  static ExtractionProof of(LoadedModel model, Extraction.SubNetwork result, int threads) {
    Weight image = Verification.randomImage(model.input(), SEED);
    ExtractionProof proof =
        new ExtractionProof(
            Verification.cutAgainstMasked(
                result.recovered(), result.selection(), result.headless(), image),
            Verification.difference(
                Verification.run(result.network(), image), runtime(model, result, image, threads)));
    if (!(proof.cutAgainstMasked() <= Verification.TOLERANCE
        && proof.runtimeAgainstEngine() <= Verification.TOLERANCE)) {
      throw new IllegalStateException(
          "the sub-network was not written: cut differs from masked by %.1e, ONNX Runtime from our engine by %.1e"
              .formatted(proof.cutAgainstMasked(), proof.runtimeAgainstEngine()));
    }
    return proof;
  }

  private static float[] runtime(
      LoadedModel model, Extraction.SubNetwork result, Weight image, int threads) {
    try {
      Path folder = Files.createTempDirectory("disassembler");
      try {
        Path file = folder.resolve("proof.onnx");
        OnnxWriter.write(result.network(), file);
        try (OnnxRuntimeModel runtime = OnnxRuntimeModel.open(file, threads)) {
          NetworkOutput output =
              runtime.run(
                  image.floats(),
                  model.input().batch(),
                  model.input().channels(),
                  model.input().size().height(),
                  model.input().size().width());
          return floats(output);
        }
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] floats(NetworkOutput output) {
    if (output instanceof NetworkOutput.Scores scores) {
      return scores.values();
    }
    int[] labels = ((NetworkOutput.LabelMaps) output).values();
    float[] values = new float[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels[i];
    }
    return values;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
