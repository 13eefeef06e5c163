/**
 * What families of ONNX operators share: how they run on libtorch, how channels flow through them,
 * how their nodes are parsed.
 *
 * <p>May use {@code operator}, {@code operator.shape} and {@code graph}; only {@code
 * operator.standard} uses it. Begin with {@link Unary}, then {@link Mixing} and {@link Reduction}.
 */
@NullMarked
package io.disassembler.operator.family;

import org.jspecify.annotations.NullMarked;
