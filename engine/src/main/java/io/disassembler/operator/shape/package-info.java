/**
 * ONNX's arithmetic of axes, indices, ranges and windows, and what libtorch has for it.
 *
 * <p>May use {@code operator} and {@code graph}; only {@code operator.family} and {@code
 * operator.standard} use it. Begin with {@link Axes}, then {@link SpatialWindow}.
 */
@NullMarked
package io.disassembler.operator.shape;

import org.jspecify.annotations.NullMarked;
