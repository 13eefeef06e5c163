package io.disassembler.evaluation;

import java.nio.file.Path;

/** A network to be evaluated: its {@code .onnx} file and what it costs. */
public record EvaluationSubject(Path file, ModelCost cost) {}
