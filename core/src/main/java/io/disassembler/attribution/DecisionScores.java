package io.disassembler.attribution;

import io.disassembler.data.CategoryMapping;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The decision between chosen categories and the rest: a full network's logits merged as the head
 * of a sub-network merges them (docs/architecture.md, "Head").
 *
 * @param other indices of the categories that were not chosen
 * @param chosen indices of the chosen ones
 */
public record DecisionScores(List<Integer> other, List<Integer> chosen) {

  public DecisionScores {
    other = List.copyOf(other);
    chosen = List.copyOf(chosen);
  }

  /** Of the categories of a mapping from a full network to a sub-network. */
  public DecisionScores(CategoryMapping mapping) {
    this(mapping.other(), mapping.chosen());
  }

  /**
   * @param chosen indices of the chosen categories
   * @param categories how many there are
   */
  public static DecisionScores of(List<Integer> chosen, int categories) {
    return new DecisionScores(
        IntStream.range(0, categories).filter(k -> !chosen.contains(k)).boxed().toList(), chosen);
  }

  /** A single category has none that it competes with. */
  private boolean isAlone() {
    return other.isEmpty() && chosen.size() == 1;
  }

  /**
   * The scores that compete.
   *
   * @param logits N x K x h x w
   * @return N x (other, if there is any, and the chosen categories) x h x w; of a single category 0
   *     and its logit
   */
  public Tensor of(Tensor logits) {
    List<Tensor> maps = new ArrayList<>();
    if (isAlone()) {
      maps.add(torch.zeros_like(logits));
    }
    if (!other.isEmpty()) {
      maps.add(select(logits, other).amax(new long[] {1}, true));
    }
    maps.add(select(logits, chosen));
    return torch.cat(new TensorVector(maps.toArray(Tensor[]::new)), 1);
  }

  /** Which of the scores are a chosen category's: from this one on. */
  public int firstChosen() {
    return other.isEmpty() && !isAlone() ? 0 : 1;
  }

  /** How many scores there are. */
  public int count() {
    return firstChosen() + chosen.size();
  }

  /** Whether a head can move the boundary between the chosen categories and the rest. */
  public boolean canBalance() {
    return firstChosen() == 1;
  }

  /** The maps of some categories. */
  public static Tensor select(Tensor logits, List<Integer> categories) {
    long[] indices = categories.stream().mapToLong(Integer::longValue).toArray();
    Tensor index = TensorData.ofLongs(indices, indices.length);
    return logits.index_select(1, index.to(logits.device(), index.scalar_type()));
  }
}
