/**
 * How a network takes images: which graph input they go to, at which size, how many in one run, and
 * as which tensor.
 *
 * <p>May use {@code graph} and {@code data}. Begin with {@link NetworkInput}.
 */
@NullMarked
package io.disassembler.input;

import org.jspecify.annotations.NullMarked;
