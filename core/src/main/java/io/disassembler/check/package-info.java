/**
 * Proofs and trials: that a cut network equals the masked one and ONNX Runtime agrees, before
 * anyone gets it; and whether a network will work at all, tried on random pixels and cut at random.
 *
 * <p>May use {@code graph}, {@code boundary}, {@code data}, {@code input}, {@code onnx}, {@code
 * engine}, {@code channel}, {@code selection}, {@code cut}, {@code extraction} and {@code
 * evaluation}. Begin with {@link ExtractionProof} and {@link NetworkCheck}.
 */
@NullMarked
package io.disassembler.check;

import org.jspecify.annotations.NullMarked;
