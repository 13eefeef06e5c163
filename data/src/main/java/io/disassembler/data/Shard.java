package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A share of a set of images. An image's name alone decides which share it is in, so that images
 * that come and go move no others.
 *
 * @param number which share, from 1
 * @param of how many shares there are, at least 1
 */
public record Shard(int number, int of) {

  public Shard {
    if (number < 1 || number > of) {
      throw new InvalidInputException(
          "shard: expected K/N with K from 1 to N, found %d/%d".formatted(number, of),
          Setting.SHARD);
    }
  }

  /** Whether it has the image with this name. */
  public boolean has(String image) {
    return numberOf(image, of) == number;
  }

  /** Which of {@code shares} has the image: by the SHA-256 of its name, so each has as many. */
  public static int numberOf(String image, int shares) {
    byte[] hash = Sha256.digest().digest(image.getBytes(StandardCharsets.UTF_8));
    return 1 + (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), shares);
  }

  /** Those of {@code samples} that it has, in their order. */
  public List<Sample> among(List<Sample> samples) {
    return samples.stream().filter(sample -> has(sample.name())).toList();
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
