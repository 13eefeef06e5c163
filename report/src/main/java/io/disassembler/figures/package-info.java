/**
 * Pictures of what a profile holds, as PNG and SVG from the same drawing code: which channels the
 * images of a category excite, how categories differ, which kernels they share.
 *
 * <p>May use {@code data}, {@code channel}, {@code profile}, {@code selection} and {@code
 * similarity}. Begin with {@link LayerFigures}, then {@link Drawing}, on which everything is drawn.
 */
@NullMarked
@Stable
package io.disassembler.figures;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
