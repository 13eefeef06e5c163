package io.disassembler.check;

import io.disassembler.graph.Shape;

/**
 * An input on which ONNX Runtime cannot run the network either.
 *
 * @param input shape of the input, NCHW
 * @param reason in ONNX Runtime's words
 */
public record SkippedRun(Shape input, String reason) {}
