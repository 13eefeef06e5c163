package io.disassembler.evaluation;

import io.disassembler.base.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/** Tells sets of images apart by what networks see of them. */
final class ImageDigest {
  private ImageDigest() {}

  static String sha256(List<float[]> pixels, List<int[]> labels) {
    MessageDigest digest = Sha256.digest();
    for (int image = 0; image < pixels.size(); image++) {
      ByteBuffer floats = ByteBuffer.allocate(4 * pixels.get(image).length);
      floats.asFloatBuffer().put(pixels.get(image));
      digest.update(floats);
      ByteBuffer ints = ByteBuffer.allocate(4 * labels.get(image).length);
      ints.asIntBuffer().put(labels.get(image));
      digest.update(ints);
    }
    return Sha256.hex(digest);
  }
}
