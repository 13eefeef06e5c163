package io.disassembler.explorer.work;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.extraction.Extraction;
import io.disassembler.input.NetworkInput;
import io.disassembler.profile.Profile;
import java.nio.file.Path;
import java.util.List;

/**
 * What is explored.
 *
 * @param extraction the network, its card and what was learned of it
 * @param input the network's image input
 * @param reference the network as ONNX Runtime gets it
 * @param evaluation how it is run there
 * @param samples images to look at and to measure on; all with masks, or all without
 */
public record Subject(
    Extraction extraction,
    NetworkInput input,
    EvaluationSubject reference,
    EvaluationSettings evaluation,
    List<Sample> samples) {

  /**
   * @throws InvalidInputException if there is no image
   */
  public Subject {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new InvalidInputException("expected at least one image to look at, found none");
    }
  }

  public Anatomy anatomy() {
    return extraction.anatomy();
  }

  public NetworkCard card() {
    return extraction.card();
  }

  public Profile profile() {
    return extraction.profile();
  }

  public Path file() {
    return reference.file();
  }
}
