/**
 * Networks written directly with libtorch's own modules, to measure and test against.
 *
 * <p>May use {@code graph} and {@code operator}. Begin with {@link LibtorchUNet}.
 */
@NullMarked
package io.disassembler.benchmark.libtorch;

import org.jspecify.annotations.NullMarked;
