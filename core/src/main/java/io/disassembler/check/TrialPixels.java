package io.disassembler.check;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** What a network is tried on: made-up pixels, or images. */
@FunctionalInterface
public interface TrialPixels {

  /**
   * The input of one run.
   *
   * @param trial its shape
   * @param number of the run; the same for the same number
   */
  Weight of(NetworkInput trial, long number);

  /** Pixels that are uniform in [0, 1), or whole numbers where the network takes those. */
  static Weight random(NetworkInput trial, long seed) {
    Shape shape = trial.shape();
    Random random = new Random(seed);
    float[] pixels = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = trial.whole() ? random.nextInt(256) : random.nextFloat();
    }
    return Weight.ofFloats(trial.name(), shape, pixels);
  }

  /**
   * Images at the size of each run, one after the other, from the first again behind the last.
   *
   * @param card how they become the input
   * @param images at least one
   * @throws InvalidInputException by each run whose image cannot be read
   */
  static TrialPixels of(NetworkCard card, List<Sample> images) {
    return (trial, number) -> {
      float[] pixels = new float[Math.toIntExact(trial.shape().elements())];
      Preprocessor preprocessor = new Preprocessor(card, trial.size());
      int length = pixels.length / trial.batch();
      for (int n = 0; n < trial.batch(); n++) {
        Path image = images.get((int) Math.floorMod(number + n, (long) images.size())).image();
        try {
          float[] one = preprocessor.prepare(image, Long.MAX_VALUE).pixels();
          System.arraycopy(one, 0, pixels, n * length, length);
        } catch (IOException e) {
          throw new InvalidInputException(image + ": cannot be read: " + e.getMessage(), e);
        }
      }
      return Weight.ofFloats(trial.name(), trial.shape(), pixels);
    };
  }
}
