package io.disassembler.evaluation;

import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network to be evaluated.
 *
 * @param file its {@code .onnx} file
 * @param cost what it costs
 * @param output the output that counts; null for the first
 * @param boundary how the file has images and scores
 */
public record EvaluationSubject(Path file, Cost cost, @Nullable String output, Boundary boundary) {

  /** A network whose first output counts. */
  public EvaluationSubject(Path file, Cost cost, Boundary boundary) {
    this(file, cost, null, boundary);
  }

  /** A sub-network of this one, which has images and scores in the same way. */
  public EvaluationSubject sub(Path other, Cost itsCost) {
    return new EvaluationSubject(other, itsCost, boundary);
  }
}
