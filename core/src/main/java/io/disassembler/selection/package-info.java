/**
 * Which channel groups to keep: criteria rank them, goals (a budget, or the paper's thresholds) say
 * how many stay, allocations how many of each layer. Formulas: {@code docs/architecture.md},
 * "Cooperation" to "Allocation".
 *
 * <p>May use {@code graph}, {@code operator}, {@code engine}, {@code channel}, {@code profile} and
 * {@code attribution}. Begin with {@link Criterion} and {@link Goal}; what comes out is a {@link
 * Selection}.
 */
@NullMarked
package io.disassembler.selection;

import org.jspecify.annotations.NullMarked;
