/**
 * Profiling and evaluation on the executors of an Apache Spark application: shards as tasks, a file
 * for what is found in each, added up on the driver. {@code docs/scale.md} says how it is started.
 *
 * <p>Begin with {@link SparkProfile} and {@link ShardRun}; what is done with a shard is a {@link
 * ShardWork}.
 */
@NullMarked
package io.disassembler.spark;

import org.jspecify.annotations.NullMarked;
