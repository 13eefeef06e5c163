/**
 * Measures networks as they will be used: in ONNX Runtime, on labelled images where there are any.
 * A sub-network and the network it was cut from are judged on the same images under the same {@code
 * other} policy, and their latency is measured alternately in one run.
 *
 * <p>May use {@code graph}, {@code data} and {@code onnx}, not the engine: a second opinion. Begin
 * with {@link Evaluation} and {@link EvaluationResult}.
 */
@NullMarked
@Stable
package io.disassembler.evaluation;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
