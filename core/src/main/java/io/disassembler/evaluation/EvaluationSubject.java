package io.disassembler.evaluation;

import io.disassembler.graph.Cost;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network to be evaluated.
 *
 * @param file its {@code .onnx} file
 * @param cost what it costs
 * @param output the output that counts; null for the first
 */
public record EvaluationSubject(Path file, Cost cost, @Nullable String output) {

  /** A network whose first output counts. */
  public EvaluationSubject(Path file, Cost cost) {
    this(file, cost, null);
  }
}
