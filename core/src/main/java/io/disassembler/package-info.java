/**
 * Disassembler for programs, and the way in that is promised to stay: open a network with its card,
 * profile it over images, extract a sub-network for some categories, look at its proof, write it,
 * evaluate it, in this order. Whatever holds native memory is {@link AutoCloseable}; what is
 * optional has a default, all of them in {@link Defaults}.
 *
 * <p>May use every package of this module and those below it. Begin with {@link
 * SegmentationNetwork}; {@code docs/library.md} says how to depend on it and what else is stable.
 */
@NullMarked
@Stable
package io.disassembler;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
