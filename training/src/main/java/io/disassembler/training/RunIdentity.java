package io.disassembler.training;

import io.disassembler.base.Sha256;
import io.disassembler.data.Sample;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeMap;

/** Tells training runs apart: what goes into their result. */
final class RunIdentity {
  private RunIdentity() {}

  /** SHA-256, in hexadecimal, of the network, the settings, the aim and the names of the images. */
  static String of(
      Trainee trainee, TrainingSettings settings, TrainingData data, Objective objective) {
    MessageDigest digest = Sha256.digest();
    for (Weight weight : trainee.program().network().weights().values()) {
      digest.update(text(weight.toString()));
      digest.update(weight.data());
    }
    for (Node node : trainee.program().network().nodes()) {
      digest.update(text(node.operator() + node.inputs() + new TreeMap<>(node.attributes())));
    }
    digest.update(
        text(trainee.input() + trainee.card().toYaml() + settings + objective.describe()));
    digest.update(text(names(data.training()) + "|" + names(data.validation())));
    return Sha256.hex(digest);
  }

  private static List<String> names(List<Sample> samples) {
    return samples.stream().map(Sample::name).toList();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
