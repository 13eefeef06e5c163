package io.disassembler.cli;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.NetworkInput;
import io.disassembler.evaluation.SingleOutput;
import io.disassembler.graph.Network;
import java.nio.file.Path;

/**
 * A model as commands work on it.
 *
 * @param file where it came from
 * @param source the network as the file has it, but for outputs that do not count
 * @param input its image input
 * @param anatomy the network taken apart at that input's shape
 */
record LoadedModel(Path file, Network source, NetworkInput input, Anatomy anatomy) {

  /** The output that counts. */
  String output() {
    return source.outputs().get(0).name();
  }

  /** What the output is if there is only one category: a logit, or already its sigmoid. */
  SingleOutput singleOutput() {
    Logits logits = Logits.of(anatomy);
    return logits.value().equals(logits.output()) ? SingleOutput.LOGIT : SingleOutput.PROBABILITY;
  }
}
