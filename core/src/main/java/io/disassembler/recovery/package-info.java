/**
 * Makes up, without training, for what is removed: what removed channels carried is predicted from
 * the kept ones and folded into the weights that read them, from the profile alone or in closed
 * loop over images. Formulas: {@code docs/architecture.md}, "Recovery" and "Closed loop".
 *
 * <p>May use {@code graph}, {@code operator}, {@code engine}, {@code channel}, {@code attribution},
 * {@code profile}, {@code selection} and {@code cut}. Begin with {@link Recovery}, then {@link
 * KernelFold} and {@link ClosedLoop}.
 */
@NullMarked
package io.disassembler.recovery;

import org.jspecify.annotations.NullMarked;
