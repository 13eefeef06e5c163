package io.disassembler.zoo;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.SafeTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives a network the weights of a {@code state_dict}, by name. */
public final class NamedWeights {
  private static final int LISTED = 3;

  private NamedWeights() {}

  /**
   * {@code network} with every floating-point weight replaced by the tensor of the same name.
   * Tensors that the network has no weight for, such as those of a head that it lacks, are left
   * alone.
   *
   * @param source what messages call the file
   * @throws InvalidInputException listing weights that are missing or of another shape or type
   */
  public static Network load(Network network, SafeTensors tensors, String source) {
    Network.Builder builder = network.toBuilder();
    List<String> problems = new ArrayList<>();
    Map<String, Weight> byName = new TreeMap<>(network.weights());
    for (Weight weight : byName.values()) {
      if (!weight.type().isFloating()) {
        continue;
      }
      Weight found = tensors.weights().get(weight.name());
      if (found == null) {
        problems.add("'%s' is missing".formatted(weight.name()));
      } else if (!found.shape().equals(weight.shape()) || found.type() != weight.type()) {
        problems.add(
            "'%s' is %s%s, expected %s%s"
                .formatted(
                    weight.name(), found.type(), found.shape(), weight.type(), weight.shape()));
      } else {
        builder.weight(found);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(
          "%s: does not fit %s: %s%s"
              .formatted(
                  source,
                  network.name(),
                  problems.stream().limit(LISTED).collect(Collectors.joining("; ")),
                  problems.size() > LISTED
                      ? " and %d more".formatted(problems.size() - LISTED)
                      : ""));
    }
    return builder.build();
  }
}
