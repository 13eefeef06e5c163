package io.disassembler.probe;

import io.disassembler.base.Stable;
import io.disassembler.data.CategoryMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What of the categories that a sub-network was cut without can still be read from its last feature
 * map.
 *
 * @param file the sub-network
 * @param removed the removed categories that the judging images show, in the full network's order
 */
@Stable
public record ProbedNetwork(Path file, List<RemovedCategory> removed) {
  public ProbedNetwork {
    removed = List.copyOf(removed);
  }

  /**
   * A removed category. Both numbers are IoU with the full network's decisions, 0 to 1, of a linear
   * classifier on images that it was not taught with.
   *
   * @param name what the full network calls it
   * @param iou read from the sub-network
   * @param fullIou read from the full network in the same way
   */
  @Stable
  public record RemovedCategory(String name, double iou, double fullIou) {}

  /** Mean over the removed categories of what is read from the sub-network; empty without any. */
  public OptionalDouble meanIou() {
    return removed.stream().mapToDouble(RemovedCategory::iou).average();
  }

  /** The same of the full network. */
  public OptionalDouble meanFullIou() {
    return removed.stream().mapToDouble(RemovedCategory::fullIou).average();
  }

  static ProbedNetwork of(
      Path file, CategoryMapping mapping, ReadCounts counts, ReadCounts fullCounts) {
    return new ProbedNetwork(
        file,
        mapping.other().stream()
            .filter(category -> counts.iou(category).isPresent())
            .map(
                category ->
                    new RemovedCategory(
                        mapping.source().get(category),
                        counts.iou(category).orElseThrow(),
                        fullCounts.iou(category).orElseThrow()))
            .toList());
  }
}
