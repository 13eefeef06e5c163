/**
 * Pictures of what a profile holds, as PNG and SVG from the same drawing code: which channels the
 * images of a category excite, how categories differ, which kernels they share.
 */
package io.disassembler.figures;
