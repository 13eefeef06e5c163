/**
 * The operators of ONNX, one file each, named as ONNX spells them: a record of the parsed
 * attributes with the {@code OperatorType} that parses it. The service loader finds them; there is
 * no list.
 *
 * <p>May use {@code operator} and {@code graph}; no one may use it. Begin with {@link Relu}, then
 * {@link Conv}. {@code CONTRIBUTING.md} says how to add one.
 */
@NullMarked
package io.disassembler.operator.standard;

import org.jspecify.annotations.NullMarked;
