package io.disassembler.resolution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.operator.TensorData;
import java.util.Map;
import java.util.Random;

/** Whether ONNX Runtime makes of a network at another resolution what our engine makes of it. */
final class RuntimeTrial {
  /** Rounding is far below, and sizes that do not fit are far above. */
  private static final double TOLERANCE = 0.05;

  private RuntimeTrial() {}

  /** Tries {@code anatomy} on made-up pixels; a network of several images is loaded alone. */
  static boolean agrees(Anatomy anatomy) {
    Network network = anatomy.network();
    try (TemporaryModel written = TemporaryModel.of(network);
        OnnxRuntimeModel model =
            OnnxRuntimeModel.open(written.file(), anatomy.threads(), network.boundary(), null)) {
      if (network.inputs().size() > 1) {
        return true;
      }
      String input = network.inputs().get(0).name();
      Shape shape = anatomy.probe().shape(input);
      float[] pixels = new float[Math.toIntExact(shape.elements())];
      Random random = new Random(0);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      NetworkOutput found = model.run(pixels, shape);
      return !(found instanceof NetworkOutput.Scores scores)
          || agree(made(anatomy, Weight.ofFloats(input, shape, pixels)), scores.values());
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static float[] made(Anatomy anatomy, Weight image) {
    String output = anatomy.network().outputs().get(0).name();
    try (Engine engine = anatomy.engine()) {
      return engine.run(
          Map.of(image.name(), image),
          ForwardRequest.outputs(),
          forward -> TensorData.floats(forward.value(output)));
    }
  }

  private static boolean agree(float[] expected, float[] found) {
    double range = 0;
    double difference = 0;
    for (int i = 0; i < Math.min(expected.length, found.length); i++) {
      range = Math.max(range, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    return expected.length == found.length && difference <= TOLERANCE * range;
  }
}
