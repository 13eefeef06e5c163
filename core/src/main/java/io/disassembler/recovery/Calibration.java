package io.disassembler.recovery;

import io.disassembler.base.Sha256;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Evidence;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Images on which a sub-network is compared with the full network while it is made. No labels.
 *
 * @param batches inputs of the network
 */
@Stable
public record Calibration(List<Batch> batches) {

  public Calibration {
    batches = List.copyOf(batches);
  }

  /**
   * Some images.
   *
   * @param inputs a tensor for every graph input, by name; N x C x H x W
   * @param output of the full network, one score for each category: N x K x H' x W'
   */
  public record Batch(Map<String, Weight> inputs, Weight output) {
    public Batch {
      inputs = Map.copyOf(inputs);
    }
  }

  /**
   * Runs the full network on images.
   *
   * @param output the output that is compared
   */
  public static Calibration of(
      Anatomy anatomy, String output, Iterable<Map<String, Weight>> images) {
    List<Batch> batches = new ArrayList<>();
    try (Crew crew = anatomy.crew(1);
        Engine engine = Engine.of(anatomy.program(), crew.settings())) {
      crew.each(
          images.iterator(),
          inputs ->
              new Batch(
                  inputs,
                  engine.run(
                      inputs,
                      ForwardRequest.outputs(),
                      forward -> TensorData.toWeight(output, forward.value(output)))),
          batches::add);
    }
    return new Calibration(batches);
  }

  /** The images, and a profile, for selections to go by. */
  public Evidence evidence(Profile profile) {
    return new Evidence(profile, batches.stream().map(Batch::inputs).toList());
  }

  /** SHA-256, in hexadecimal, of the images. */
  public String sha256() {
    MessageDigest digest = Sha256.digest();
    for (Batch batch : batches) {
      batch.inputs().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(input -> digest.update(input.getValue().data()));
    }
    return Sha256.hex(digest);
  }
}
