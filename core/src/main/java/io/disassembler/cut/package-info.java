/**
 * Removes channels from a network: weights are sliced, constants that hold channel counts
 * rewritten. What comes out computes what the full network computes with the removed channels held
 * at zero; {@link Masking} computes it that way, to compare.
 *
 * <p>May use {@code graph}, {@code operator}, {@code engine}, {@code channel} and {@code
 * selection}. Begin with {@link Cutter}, then {@link StepCut}, one node's view of a cut.
 */
@NullMarked
package io.disassembler.cut;

import org.jspecify.annotations.NullMarked;
