/**
 * Compares ways of making sub-networks: criteria, recoveries, budgets and category sets, each
 * measured on the same images at equal cost, in a run that can be stopped and resumed.
 *
 * <p>May use what makes, finetunes and measures sub-networks, and figures to draw. Begin with
 * {@link Grid}, what is compared, and {@link Comparison}, the run.
 */
@NullMarked
@Stable
package io.disassembler.comparison;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
