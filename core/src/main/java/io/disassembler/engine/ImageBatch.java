package io.disassembler.engine;

import io.disassembler.data.LoadedImage;
import io.disassembler.data.Size;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Puts loaded images side by side, as a network takes them. */
public final class ImageBatch {
  private ImageBatch() {}

  /**
   * A tensor of N x C x H x W.
   *
   * @param input the graph input that takes the images
   * @param size height and width of every image
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
    Shape shape = Shape.of(images.size(), length / size.area(), size.height(), size.width());
    return Weight.of(input, ElementType.FLOAT, shape, raw);
  }
}
