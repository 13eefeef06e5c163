/**
 * Measures how fast things are, side by side with how fast they could be. Not published.
 *
 * <p>May use every package of the library. Begin with {@link TrainingThroughput}.
 */
@NullMarked
package io.disassembler.benchmark;

import org.jspecify.annotations.NullMarked;
