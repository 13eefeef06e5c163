/**
 * The operators of ONNX, one file each, named as ONNX spells them, and nothing else: a record of
 * the parsed attributes with the {@code OperatorType} that parses it. The service loader finds
 * them; there is no list. It needs their types public, the records are nobody else's business.
 *
 * <p>May use {@code operator} with its other packages, and {@code graph}; no one may use it. Begin
 * with {@code Relu}, then {@code Conv}. {@code CONTRIBUTING.md} says how to add one.
 */
@NullMarked
package io.disassembler.operator.standard;

import org.jspecify.annotations.NullMarked;
