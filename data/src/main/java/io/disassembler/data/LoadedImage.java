package io.disassembler.data;

import io.disassembler.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * One sample, ready for the network.
 *
 * @param index its place among the samples that are loaded, from 0; broken ones leave gaps
 * @param sample where it comes from
 * @param original size of the image file
 * @param pixels the network's input, channels x (depth x) height x width; not copied
 * @param labels what the mask says, if there is one, at the size that the {@link Preprocessor}
 *     makes of it
 */
public record LoadedImage(
    int index, Sample sample, Size original, float[] pixels, @Nullable LabelMap labels) {
  private static final int BLOCK = 1 << 14;

  /**
   * Tells what it shows from what others show, whatever its name: the first 8 bytes of the SHA-256
   * of the pixels (float32, little-endian).
   */
  public long content() {
    MessageDigest digest = Sha256.digest();
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = block.asFloatBuffer();
    for (int from = 0; from < pixels.length; from += BLOCK) {
      int length = Math.min(BLOCK, pixels.length - from);
      floats.clear().put(pixels, from, length);
      digest.update(block.clear().limit(length * Float.BYTES));
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
