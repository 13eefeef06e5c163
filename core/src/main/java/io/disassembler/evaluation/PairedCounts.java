package io.disassembler.evaluation;

import io.disassembler.data.CategoryMapping;
import io.disassembler.evaluation.EvaluationCounts.ModelCounts;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts of a network and of the reference on the same pixels, in the network's categories. */
final class PairedCounts {
  private final CategoryMapping mapping;
  private final IouCounter reference;
  private final IouCounter network;

  PairedCounts(CategoryMapping mapping) {
    this.mapping = mapping;
    this.reference = new IouCounter(mapping.names().size());
    this.network = new IouCounter(mapping.names().size());
  }

  /**
   * Counts one image.
   *
   * @param labels in the reference's categories
   * @param referencePrediction in the reference's categories
   * @param prediction in the network's own categories
   */
  void add(int[] labels, int[] referencePrediction, int[] prediction) {
    int[] mapped = mapping.apply(labels);
    count(reference, mapped, mapping.apply(referencePrediction));
    count(network, mapped, prediction);
  }

  private void count(IouCounter counter, int[] labels, int[] predictions) {
    if (mapping.independent()) {
      counter.addSets(labels, predictions);
    } else {
      counter.add(labels, predictions);
    }
  }

  /** The network's counts of the chosen categories. */
  List<CategoryScore> scores() {
    return chosen()
        .mapToObj(i -> new CategoryScore(mapping.names().get(i), network.counts(i)))
        .toList();
  }

  /** Both networks' counts of the chosen categories. */
  List<ComparedCategory> categories() {
    return chosen().mapToObj(this::compared).toList();
  }

  /** Both networks' counts of everything not chosen, if there is any. */
  @Nullable ComparedCategory other() {
    return mapping.hasOther() ? compared(0) : null;
  }

  /** Everything that was counted. */
  ModelCounts all() {
    return new ModelCounts(each(reference), each(network));
  }

  /** Adds what was counted on other images. */
  void add(ModelCounts counted) {
    for (int output = 0; output < mapping.names().size(); output++) {
      reference.add(output, counted.reference().get(output));
      network.add(output, counted.own().get(output));
    }
  }

  private List<CategoryCounts> each(IouCounter counter) {
    return IntStream.range(0, mapping.names().size()).mapToObj(counter::counts).toList();
  }

  private ComparedCategory compared(int output) {
    return new ComparedCategory(
        mapping.names().get(output), reference.counts(output), network.counts(output));
  }

  private IntStream chosen() {
    return IntStream.range(mapping.firstChosen(), mapping.names().size());
  }
}
