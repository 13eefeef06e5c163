package io.disassembler.training;

import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.Size;
import io.disassembler.graph.Weight;
import io.disassembler.input.ImageBatch;
import java.util.List;
import java.util.Optional;

/**
 * Images for one step.
 *
 * @param images N x C x H x W
 * @param labels N x H x W category numbers, of independent categories sets of them, negative where
 *     ignored; empty without masks
 * @param answers what a teacher makes of them, where that was asked before; its form is a matter of
 *     the {@link Objective}
 */
public record Batch(Weight images, long[] labels, Optional<Weight> answers) {

  /** Images that no teacher was asked about yet. */
  public Batch(Weight images, long[] labels) {
    this(images, labels, Optional.empty());
  }

  /** Stacks images of one size. */
  static Batch of(List<LoadedImage> images, Size size) {
    long[] labels = new long[images.get(0).labels() == null ? 0 : images.size() * size.area()];
    for (int n = 0; n < images.size(); n++) {
      LabelMap given = images.get(n).labels();
      for (int pixel = 0; given != null && pixel < size.area(); pixel++) {
        labels[n * size.area() + pixel] = given.values()[pixel];
      }
    }
    return new Batch(ImageBatch.of("images", size, images), labels);
  }

  /** Number of images. */
  int size() {
    return Math.toIntExact(images.shape().dimension(0));
  }
}
