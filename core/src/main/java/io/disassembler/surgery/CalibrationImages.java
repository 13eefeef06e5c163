package io.disassembler.surgery;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.engine.ImageBatch;
import io.disassembler.engine.NetworkInput;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Weight;
import io.disassembler.recovery.Calibration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the images of a {@link Calibration}. */
public final class CalibrationImages {
  private static final int DECODERS = 2;
  private static final int BATCH = 4;

  private CalibrationImages() {}

  /**
   * Reads images and runs the full network on them.
   *
   * @param keepGoing leave out images that cannot be read
   * @param listener told how many images were run, of how many
   * @throws io.disassembler.InvalidInputException if too many images are broken
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
    try (ImageLoader images = new ImageLoader(unlabelled, preprocessor, DECODERS, keepGoing)) {
      return Calibration.of(
          anatomy, output, () -> batches(images, anatomy, input, samples.size(), listener));
    }
  }

  private static Iterator<Map<String, Weight>> batches(
      ImageLoader images,
      Anatomy anatomy,
      NetworkInput input,
      int total,
      BiConsumer<Integer, Integer> listener) {
    int size = batchIsFixed(anatomy) ? input.batch() : BATCH;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public Map<String, Weight> next() {
        List<LoadedImage> batch = new ArrayList<>();
        while (batch.size() < size && images.hasNext()) {
          batch.add(images.next());
        }
        listener.accept(batch.get(batch.size() - 1).index() + 1, total);
        // A fixed batch is filled up with its last image, which then counts more than once.
        while (batchIsFixed(anatomy) && batch.size() < size) {
          batch.add(batch.get(batch.size() - 1));
        }
        return Map.of(input.name(), ImageBatch.of(input.name(), input.size(), batch));
      }
    };
  }

  private static boolean batchIsFixed(Anatomy anatomy) {
    return anatomy.network().inputs().get(0).dimensions().orElse(List.of()).stream()
        .limit(1)
        .anyMatch(Dimension.Fixed.class::isInstance);
  }
}
