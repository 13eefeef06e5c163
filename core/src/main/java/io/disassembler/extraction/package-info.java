/**
 * Makes a sub-network for some categories: selects, recovers, cuts, gives it a head with {@code
 * other} and the chosen categories, balances that, and writes into its metadata how it came to be.
 * Formulas: {@code docs/architecture.md}, "Head".
 *
 * <p>May use {@code graph}, {@code boundary}, {@code operator}, {@code engine}, {@code channel},
 * {@code data}, {@code input}, {@code profile}, {@code selection}, {@code cut} and {@code
 * recovery}. Begin with {@link Extraction}, the method on one screen, then {@link Plan}.
 */
@NullMarked
package io.disassembler.extraction;

import org.jspecify.annotations.NullMarked;
