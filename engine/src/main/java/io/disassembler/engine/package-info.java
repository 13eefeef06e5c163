/**
 * Runs networks on libtorch, forward and backward, and alone opens the scopes in which libtorch's
 * objects live: what a run makes is freed at its end.
 *
 * <p>May use {@code graph}, {@code libtorch} and {@code operator}. Begin with {@link Engine} and
 * {@link ForwardRequest}; {@link NativeScope} before you touch a tensor.
 */
@NullMarked
package io.disassembler.engine;

import org.jspecify.annotations.NullMarked;
