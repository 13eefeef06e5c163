package io.disassembler.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Runs small models in ONNX Runtime. */
final class Runs {
  private Runs() {}

  /** Output {@code y} of {@code model} for float input {@code x} of shape [2, 3]. */
  static float[] run(Path model, float... x) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), new long[] {2, 3});
        OrtSession.Result result = session.run(Map.of("x", input))) {
      FloatBuffer y = ((OnnxTensor) result.get("y").orElseThrow()).getFloatBuffer();
      float[] values = new float[y.remaining()];
      y.get(values);
      return values;
    }
  }
}
