package io.disassembler.check;

import io.disassembler.channel.Anatomy;
import io.disassembler.cut.Masking;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.selection.Selection;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Runs networks on random images and compares what they make of them. */
public final class TrialRun {
  /** Largest relative difference that float32 arithmetic may explain. */
  public static final double TOLERANCE = 1e-4;

  private TrialRun() {}

  /**
   * An image of normally distributed pixels, NCHW; of whole numbers from 0 to 255 where the network
   * takes those.
   */
  public static Weight randomImage(NetworkInput input, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[Math.toIntExact(input.shape().elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = input.whole() ? random.nextInt(256) : (float) random.nextGaussian();
    }
    return Weight.ofFloats(input.name(), input.shape(), pixels);
  }

  /** The first output of {@code network} for an image, as our engine computes it. */
  public static float[] run(Network network, Weight image, int threads) {
    String output = network.outputs().get(0).name();
    return run(Program.parse(network), image, ForwardRequest.outputs(), output, threads);
  }

  /**
   * A value of {@code full} for an image, with the removed channels set to zero.
   *
   * @param value an output, or what it is decided from
   */
  static float[] masked(Anatomy full, Selection selection, String value, Weight image) {
    ForwardRequest masked =
        Masking.mask(ForwardRequest.keeping(Set.of(value)), full.groups(), selection);
    return run(full.program(), image, masked, value, full.threads());
  }

  /**
   * Largest difference relative to the range of {@code expected}; infinite if the sizes differ or a
   * value is not a number.
   */
  public static double difference(float[] expected, float[] found) {
    if (expected.length != found.length) {
      return Double.POSITIVE_INFINITY;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      low = Math.min(low, expected[i]);
      high = Math.max(high, expected[i]);
      double difference = Math.abs((double) expected[i] - found[i]);
      if (Double.isNaN(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, difference);
    }
    return largest == 0 ? 0 : largest / Math.max(high - low, Float.MIN_NORMAL);
  }

  private static float[] run(
      Program program, Weight image, ForwardRequest request, String value, int threads) {
    try (Engine engine = Engine.of(program, EngineSettings.onCpu(threads))) {
      return engine.run(
          Map.of(image.name(), image), request, forward -> TensorData.floats(forward.value(value)));
    }
  }
}
