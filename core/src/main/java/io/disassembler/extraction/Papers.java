package io.disassembler.extraction;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.graph.Network;
import io.disassembler.onnx.Producer;

/** What a sub-network's file says of itself: who made it of what, and how to make it again. */
final class Papers {
  private Papers() {}

  /**
   * {@code network} with its papers.
   *
   * @param card the sub-network's
   */
  static Network added(Network network, NetworkCard card, CategoryMapping mapping, Plan plan) {
    return producer(plan, mapping)
        .of(
            network.toBuilder()
                .metadata(ForeignMetadata.of(network.metadata(), mapping))
                .metadata(NetworkCard.METADATA_KEY, card.toYaml())
                .metadata(CategoryMapping.METADATA_KEY, mapping.toJson())
                .metadata(Plan.METADATA_KEY, plan.toJson())
                .build());
  }

  private static Producer producer(Plan plan, CategoryMapping mapping) {
    return new Producer(
        "Disassembler",
        plan.version(),
        "Sub-network for %s of a segmentation network with %d categories, cut to %s by %s, recovery %s. Outputs, in order: %s%s. The metadata hold its card (%s), what the outputs mean (%s) and how to make it again (%s)."
            .formatted(
                String.join(", ", plan.categories()),
                mapping.source().size(),
                plan.goal().text(),
                plan.isEdited() ? "a selection that was edited by hand" : plan.criterion(),
                plan.recovery(),
                String.join(", ", mapping.names()),
                !mapping.hasOther() ? "" : "; other is everything that was not chosen",
                NetworkCard.METADATA_KEY,
                CategoryMapping.METADATA_KEY,
                Plan.METADATA_KEY));
  }
}
