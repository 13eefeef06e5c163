package io.disassembler.training;

import io.disassembler.data.LoadedImage;
import io.disassembler.data.Size;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Images for one step.
 *
 * @param images N x C x H x W
 * @param labels N x H x W category numbers, negative where ignored; empty without masks
 */
public record Batch(Weight images, long[] labels) {

  /** Stacks images of one size. */
  static Batch of(List<LoadedImage> images, Size size) {
    int length = images.get(0).pixels().length;
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(4 * images.size(), length))
            .order(ByteOrder.LITTLE_ENDIAN);
    long[] labels = new long[images.get(0).labels() == null ? 0 : images.size() * size.area()];
    for (int n = 0; n < images.size(); n++) {
      raw.slice(4 * n * length, 4 * length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(images.get(n).pixels());
      int[] given = images.get(n).labels();
      for (int pixel = 0; given != null && pixel < given.length; pixel++) {
        labels[n * size.area() + pixel] = given[pixel];
      }
    }
    Shape shape = Shape.of(images.size(), length / size.area(), size.height(), size.width());
    return new Batch(Weight.of("images", ElementType.FLOAT, shape, raw), labels);
  }

  /** Number of images. */
  int size() {
    return Math.toIntExact(images.shape().dimension(0));
  }
}
