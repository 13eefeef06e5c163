/**
 * Finds how much of a network must stay for a sub-network to measure up: cuts candidates and
 * measures them.
 *
 * <p>May use what makes and measures sub-networks ({@code selection}, {@code recovery}, {@code
 * extraction}, {@code evaluation}) and what these work on. Begin with {@link BudgetSearch} and
 * {@link Requirement}.
 */
@NullMarked
package io.disassembler.search;

import org.jspecify.annotations.NullMarked;
