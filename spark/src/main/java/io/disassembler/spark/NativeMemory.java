package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an executor takes of memory beside Java's heap, which Spark must be told.
 *
 * @param once bytes, whatever it does
 * @param eachTask bytes, for each task at the same time
 */
record NativeMemory(long once, long eachTask) {
  private static final Logger LOG = LoggerFactory.getLogger(NativeMemory.class);

  /** Libraries, Java's own and what malloc keeps; docs/scale.md says what was measured. */
  private static final long LIBRARIES = 700L << 20;

  private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  /** Otherwise JavaCPP counts the process against twice Java's heap, which is small there. */
  static void leaveToSpark() {
    if (System.getProperty(LIMIT) == null) {
      System.setProperty(LIMIT, "0");
    }
  }

  /** Of profiling with so many images in one pass. */
  static NativeMemory ofProfiling(SegmentationNetwork network, int batch) {
    return new NativeMemory(LIBRARIES, network.anatomy().bytes(batch));
  }

  /** Says what to tell Spark, more loudly where it was told less. */
  void advise(SparkConf conf) {
    int slots =
        Math.max(1, conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1));
    long megabytes = (once + slots * eachTask) >> 20;
    LOG.warn(
        "executors need about {} MB beside Java's heap: {}={}m", megabytes, OVERHEAD, megabytes);
  }
}
