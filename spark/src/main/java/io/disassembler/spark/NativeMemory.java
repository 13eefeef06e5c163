package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;

/**
 * What an executor takes of memory beside Java's heap, which Spark must be told.
 *
 * @param once bytes, whatever it does
 * @param eachTask bytes, for each task at the same time
 */
record NativeMemory(long once, long eachTask) {
  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final int SHIFT_TO_MEGABYTES = 20;

  /** Libraries, weights and Java's own; what was measured is in docs/scale.md. */
  private static final long LIBRARIES = 400L << SHIFT_TO_MEGABYTES;

  /** Of profiling with so many images in one pass. */
  static NativeMemory ofProfiling(SegmentationNetwork network, int batch) {
    return new NativeMemory(LIBRARIES, network.anatomy().bytes(batch));
  }

  /** Otherwise JavaCPP counts the process against twice Java's heap, which is small there. */
  static void leaveToSpark() {
    if (System.getProperty(LIMIT) == null) {
      System.setProperty(LIMIT, "0");
    }
  }

  /** What to tell Spark, and whether it was told less. */
  String advice(SparkConf conf) {
    int cores = conf.getInt("spark.executor.cores", 1);
    return advice(
        Math.max(1, cores / conf.getInt("spark.task.cpus", 1)),
        conf.contains(OVERHEAD)
            ? OptionalLong.of(conf.getSizeAsMb(OVERHEAD))
            : OptionalLong.empty());
  }

  /**
   * The same.
   *
   * @param tasks at a time
   * @param told megabytes, if it was told any
   */
  String advice(int tasks, OptionalLong told) {
    long needed = (once + tasks * eachTask) >> SHIFT_TO_MEGABYTES;
    String found =
        told.isEmpty()
            ? "; it is not set"
            : told.getAsLong() < needed ? "; it is %dm now".formatted(told.getAsLong()) : "";
    return "an executor with %d task%s at a time takes up to %d MB beside Java's heap: %s=%dm%s"
        .formatted(tasks, tasks == 1 ? "" : "s", needed, OVERHEAD, needed, found);
  }
}
