package io.disassembler.check;

import io.disassembler.base.Stable;
import io.disassembler.graph.Shape;

/**
 * An input on which ONNX Runtime cannot run the network either.
 *
 * @param input shape of the input, NCHW
 * @param reason in ONNX Runtime's words
 */
@Stable
public record SkippedRun(Shape input, String reason) {}
