package io.disassembler.extraction;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.graph.Weight;
import io.disassembler.input.ImageBatch;
import io.disassembler.input.NetworkInput;
import io.disassembler.recovery.Calibration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the images of a {@link Calibration}. */
public final class CalibrationImages {

  private CalibrationImages() {}

  /**
   * Reads images and runs the full network on them.
   *
   * @param keepGoing leave out images that cannot be read
   * @param listener told how many images were run, of how many
   * @throws io.disassembler.base.InvalidInputException if too many images are broken
   */
  public static Calibration load(
      Anatomy anatomy,
      NetworkInput input,
      NetworkCard card,
      List<Sample> samples,
      boolean keepGoing,
      BiConsumer<Integer, Integer> listener) {
    List<Sample> unlabelled =
        samples.stream().map(s -> new Sample(s.name(), s.image(), null)).toList();
    Preprocessor preprocessor = new Preprocessor(card, input.size());
    String output = anatomy.network().outputs().get(0).name();
    try (ImageLoader images = new ImageLoader(unlabelled, preprocessor, keepGoing)) {
      return Calibration.of(anatomy, output, () -> batches(images, anatomy, input, listener));
    }
  }

  private static Iterator<Map<String, Weight>> batches(
      ImageLoader images,
      Anatomy anatomy,
      NetworkInput input,
      BiConsumer<Integer, Integer> listener) {
    int fixed = NetworkInput.fixedBatch(anatomy.network());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public Map<String, Weight> next() {
        ImageBatch batch = ImageBatch.next(images, 1, fixed);
        listener.accept(batch.images().get(batch.distinct() - 1).index() + 1, images.count());
        return Map.of(input.name(), ImageBatch.of(input.name(), input.size(), batch.images()));
      }
    };
  }
}
