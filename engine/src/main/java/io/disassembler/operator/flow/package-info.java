/**
 * Rules of channel flow that several ONNX operators follow and that no interface can lend them.
 *
 * <p>May use {@code operator} and {@code graph}; only {@code operator.standard} uses it. Begin with
 * {@link PerChannel}, then {@link GroupedChannels}.
 */
@NullMarked
package io.disassembler.operator.flow;

import org.jspecify.annotations.NullMarked;
