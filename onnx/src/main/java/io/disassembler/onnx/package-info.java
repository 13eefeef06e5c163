/**
 * Reads and writes {@code .onnx} files, and nothing else knows protobuf. Reading goes: parse,
 * inline the model's functions, order the nodes, turn messages into {@code graph} values. What a
 * {@code Network} has no field for travels in its {@code Opaque} parts, which are the same messages
 * with everything interpreted taken out; writing starts from those.
 *
 * <p>May use {@code graph}. Begin with {@link OnnxReader} and {@link OnnxWriter}.
 */
@NullMarked
@Stable
package io.disassembler.onnx;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
