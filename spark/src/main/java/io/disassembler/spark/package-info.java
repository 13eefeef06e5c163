/**
 * Profiling on the executors of an Apache Spark application: shards as tasks, a file for each
 * shard's profile, joined on the driver. {@code docs/scale.md} says how it is started.
 *
 * <p>Begin with {@link SparkProfile} and {@link SparkProfiling}.
 */
@NullMarked
package io.disassembler.spark;

import org.jspecify.annotations.NullMarked;
