package io.disassembler.spark;

import io.disassembler.base.Build;
import io.disassembler.base.Sha256;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all shards have in common.
 *
 * @param modelName the model's file name, for messages
 * @param modelSha256 SHA-256 of the model file, in hexadecimal
 * @param card the network card as YAML
 * @param height to work at, in pixels
 * @param width to work at, in pixels
 * @param output the graph output that counts
 * @param threshold tau
 * @param seed noted in the profile
 * @param batch images in one pass
 * @param labelled whether masks count
 * @param folder URI of the folder that the shards' profiles go to
 */
record ProfileJob(
    String modelName,
    String modelSha256,
    String card,
    int height,
    int width,
    String output,
    double threshold,
    long seed,
    int batch,
    boolean labelled,
    String folder)
    implements Serializable {

  /** Tells a shard of this job from any other, whatever its number: 16 hexadecimal digits. */
  String key(List<ShardImage> images, int threads) {
    StringBuilder text = new StringBuilder();
    for (Object part :
        List.of(
            Build.version(),
            modelSha256,
            card,
            height,
            width,
            output,
            threshold,
            seed,
            batch,
            labelled,
            threads)) {
      text.append(part).append('\n');
    }
    images.forEach(image -> text.append(image.name()).append('\n'));
    return Sha256.of(text.toString()).substring(0, 16);
  }

  /**
   * An image and its mask, where they are.
   *
   * @param name the image's name
   * @param image URI of its file
   * @param mask URI of its mask's file; null if it has none
   */
  record ShardImage(String name, String image, @Nullable String mask) implements Serializable {}

  /**
   * A share of the images.
   *
   * @param number which, from 1
   * @param of how many there are
   * @param key tells it from shards of other jobs
   */
  record ShardOrder(int number, int of, String key, List<ShardImage> images)
      implements Serializable {

    /** Beginning of the names of this shard's profiles. */
    String prefix() {
      return "shard-%05d-of-%05d.%s.".formatted(number, of, key);
    }
  }

  /**
   * What became of a shard.
   *
   * @param file name of its profile in the job's folder; empty where {@code complaint} is not
   * @param complaint what is wrong with what was handed in; empty if nothing is
   * @param broken the images that could not be read
   * @param counted how many images were profiled
   * @param seconds how long that took
   * @param executor who did it
   */
  record ShardAnswer(
      String file,
      String complaint,
      List<String> broken,
      int counted,
      double seconds,
      String executor)
      implements Serializable {}
}
