/**
 * Attribution: which channels of which feature maps the categories of an image excite (forward) and
 * which the logits depend on (backward). One forward pass for a batch, one backward pass for each
 * category in it. Formulas: {@code docs/architecture.md}, "Attribution".
 *
 * <p>May use {@code graph}, {@code operator}, {@code engine}, {@code channel}, {@code data}, {@code
 * input} and {@code profile}. Begin with {@link ProfilingRun}, then {@link MaskedMap}, where the
 * sums are.
 */
@NullMarked
package io.disassembler.attribution;

import org.jspecify.annotations.NullMarked;
