package io.disassembler.cli.options;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.SingleOutput;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.selection.Costing;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model as commands work on it.
 *
 * @param file where it came from
 * @param source the network as the file has it, but for outputs that do not count
 * @param input its image input
 * @param anatomy the network taken apart at that input's shape
 */
public record LoadedModel(Path file, Network source, NetworkInput input, Anatomy anatomy) {

  /** The output that counts. */
  public String output() {
    return source.outputs().get(0).name();
  }

  /** The model to be evaluated, with what it costs. */
  public EvaluationSubject evaluationSubject() {
    return new EvaluationSubject(file, Costing.of(anatomy), output());
  }

  /**
   * How it is evaluated, at the size that it was loaded for.
   *
   * @param keepGoing whether more than 5 % broken images are tolerated
   * @param latency how latency is measured; null if it is not
   */
  public EvaluationSettings evaluationSettings(
      int threads, boolean keepGoing, @Nullable LatencySettings latency) {
    return new EvaluationSettings(input.size(), threads, keepGoing, singleOutput(), latency);
  }

  /** What the output is if there is only one category: a logit, or already its sigmoid. */
  SingleOutput singleOutput() {
    Logits logits = Logits.of(anatomy);
    return logits.value().equals(logits.output()) ? SingleOutput.LOGIT : SingleOutput.PROBABILITY;
  }
}
