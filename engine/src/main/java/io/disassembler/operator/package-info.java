/**
 * What an ONNX operator is to us: how it runs on libtorch, how channels flow through it, what its
 * node becomes when channels are cut, what it costs. Nothing outside asks for operators by name.
 *
 * <p>May use {@code graph} and {@code libtorch}. Begin with {@link Operator}, the contract, then
 * {@link Program}, a network of operators. {@link Weighted}, {@link Trained} and {@link
 * Normalizing} are what some operators are besides; {@link PassThrough}, {@link Elementwise} and
 * {@link DataMovement} are how channels flow through most.
 */
@NullMarked
package io.disassembler.operator;

import org.jspecify.annotations.NullMarked;
