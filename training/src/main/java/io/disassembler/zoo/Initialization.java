package io.disassembler.zoo;

import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.Random;

/**
 * First values of weights. Each weight has random numbers of its own, which depend on the seed and
 * the weight's name only, so that adding a layer leaves the others as they were.
 */
final class Initialization {
  private final long seed;

  Initialization(long seed) {
    this.seed = seed;
  }

  /**
   * A kernel (out, in / group, height, width) from a normal distribution of variance 2 / fan-out
   * (He et al., "Delving Deep into Rectifiers", 2015), fan-out = out x height x width / group.
   */
  Weight kernel(String name, Shape shape, int group) {
    double fanOut = (double) shape.dimension(0) * shape.dimension(2) * shape.dimension(3) / group;
    return normal(name, shape, Math.sqrt(2 / fanOut));
  }

  /** Values from a normal distribution around 0. */
  Weight normal(String name, Shape shape, double deviation) {
    Random random = new Random(seed * 1_000_003 + name.hashCode());
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Weight.ofFloats(name, shape, values);
  }

  /** One value for each channel, all equal. */
  static Weight constant(String name, int channels, float value) {
    float[] values = new float[channels];
    Arrays.fill(values, value);
    return Weight.ofFloats(name, Shape.of(channels), values);
  }
}
