package io.disassembler.evaluation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells sets of images apart by what networks see of them. */
final class ImageDigest {
  private ImageDigest() {}

  static String sha256(List<float[]> pixels, List<int[]> labels) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (int image = 0; image < pixels.size(); image++) {
      ByteBuffer floats = ByteBuffer.allocate(4 * pixels.get(image).length);
      floats.asFloatBuffer().put(pixels.get(image));
      digest.update(floats);
      ByteBuffer ints = ByteBuffer.allocate(4 * labels.get(image).length);
      ints.asIntBuffer().put(labels.get(image));
      digest.update(ints);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
