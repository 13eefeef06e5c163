/**
 * Networks as immutable values: {@link Network nodes, weights, values} and what a file says around
 * them. Knows neither protobuf nor libtorch. A change is a new network that shares the weights of
 * the old one.
 *
 * <p>May use {@code base} alone. Begin with {@link Network} and its builder, then {@link Weight},
 * whose elements are read on demand.
 */
@NullMarked
@Stable
package io.disassembler.graph;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
