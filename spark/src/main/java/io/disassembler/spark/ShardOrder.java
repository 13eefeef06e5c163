package io.disassembler.spark;

import java.io.Serializable;
import java.util.List;

/**
 * A share of the images.
 *
 * @param number which, from 1
 * @param of how many there are
 * @param key tells it from shards of other jobs: 16 hexadecimal digits
 */
record ShardOrder(int number, int of, String key, List<ShardImage> images) implements Serializable {

  /** Beginning of the names of this shard's files. */
  String prefix() {
    return "shard-%05d-of-%05d.%s.".formatted(number, of, key);
  }

  /**
   * What became of a shard.
   *
   * @param file name of what was found, in the job's folder; empty where {@code complaint} is not
   * @param complaint what is wrong with what was handed in; empty if nothing is
   * @param counted how many images were counted
   * @param seconds how long that took
   * @param executor who did it
   */
  record Answer(String file, String complaint, int counted, double seconds, String executor)
      implements Serializable {}
}
