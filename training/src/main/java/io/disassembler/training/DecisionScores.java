package io.disassembler.training;

import io.disassembler.data.CategoryMapping;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A full network's logits merged as the head of a sub-network merges them (docs/architecture.md,
 * "Head").
 *
 * @param mapping from the full network's categories to the sub-network's
 */
record DecisionScores(CategoryMapping mapping) {

  /**
   * The scores that compete.
   *
   * @param logits N x K x h x w
   * @return N x (other, if there is any, and the chosen categories) x h x w; of a single category 0
   *     and its logit
   */
  Tensor of(Tensor logits) {
    List<Tensor> maps = new ArrayList<>();
    if (mapping.source().size() == 1) {
      maps.add(torch.zeros_like(logits));
    }
    if (!mapping.other().isEmpty()) {
      maps.add(select(logits, mapping.other()).amax(new long[] {1}, true));
    }
    maps.add(select(logits, mapping.chosen()));
    return torch.cat(new TensorVector(maps.toArray(Tensor[]::new)), 1);
  }

  /** Which of the scores are a chosen category's: from this one on. */
  int firstChosen() {
    return mapping.other().isEmpty() && mapping.source().size() > 1 ? 0 : 1;
  }

  /** How many scores there are. */
  int count() {
    return firstChosen() + mapping.chosen().size();
  }

  /** Whether a head can move the boundary between the chosen categories and the rest. */
  boolean canBalance() {
    return !mapping.other().isEmpty() || mapping.source().size() == 1;
  }

  static Tensor select(Tensor logits, List<Integer> categories) {
    long[] indices = categories.stream().mapToLong(Integer::longValue).toArray();
    Tensor index = TensorData.ofLongs(indices, indices.length);
    return logits.index_select(1, index.to(logits.device(), index.scalar_type()));
  }
}
