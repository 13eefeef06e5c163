package io.disassembler.spark;

import io.disassembler.data.Sample;
import io.disassembler.spark.SentNetworks.Opened;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What is done with the images of each shard. What comes of it adds up on the driver. */
interface ShardWork extends Serializable {

  /** The networks that it is done with. */
  SentNetworks networks();

  /** What its outcome depends on besides networks, images and threads. */
  List<Object> settings();

  /** Of the names of files that hold an outcome, such as {@code .h5}. */
  String ending();

  /**
   * Makes it ready with networks that are open; one shard at a time.
   *
   * @return does it: takes the images on this machine, and says how many were counted
   */
  Function<List<Sample>, Outcome> with(Opened networks);

  /** What was found in a shard. */
  interface Outcome {
    /** Number of images counted. */
    int counted();

    /**
     * Writes it to a file.
     *
     * @return SHA-256 of what was found, in hexadecimal: the same for the same outcome
     */
    String write(Path file) throws IOException;
  }
}
