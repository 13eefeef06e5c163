package io.disassembler.input;

import io.disassembler.data.LoadedImage;
import io.disassembler.data.Size;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Loaded images, as many as a network takes in one run.
 *
 * @param images all of them; where the file fixes how many a run takes and fewer are left, the last
 *     is repeated
 * @param distinct how many of them are not repetitions
 */
public record ImageBatch(List<LoadedImage> images, int distinct) {

  /**
   * The next images.
   *
   * @param size how many, as long as there are as many
   * @param fixed how many a run takes if the file fixes it; 0 if it leaves that open
   */
  public static ImageBatch next(Iterator<LoadedImage> source, int size, int fixed) {
    List<LoadedImage> images = new ArrayList<>();
    while (images.size() < (fixed > 0 ? fixed : size) && source.hasNext()) {
      images.add(source.next());
    }
    int distinct = images.size();
    while (images.size() < fixed) {
      images.add(images.get(distinct - 1));
    }
    return new ImageBatch(images, distinct);
  }

  /** All images of {@code source}, as {@link #next} takes them. */
  public static Iterator<ImageBatch> all(Iterator<LoadedImage> source, int size, int fixed) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public ImageBatch next() {
        return ImageBatch.next(source, size, fixed);
      }
    };
  }

  /**
   * A tensor of N x C x H x W, or N x C x D x H x W.
   *
   * @param input the graph input that takes the images
   * @param size of every image
   */
  public static Weight of(String input, Size size, List<LoadedImage> images) {
    int length = images.get(0).pixels().length;
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(images.size() * Float.BYTES, length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < images.size(); n++) {
      raw.slice(Float.BYTES * n * length, Float.BYTES * length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(images.get(n).pixels());
    }
    return Weight.of(
        input, ElementType.FLOAT, shape(images.size(), length / size.area(), size), raw);
  }

  /** The shape of so many images, N x C x H x W, or of volumes, N x C x D x H x W. */
  public static Shape shape(long images, long channels, Size size) {
    return Shape.of(
        LongStream.concat(LongStream.of(images, channels), LongStream.of(size.extents()))
            .toArray());
  }
}
