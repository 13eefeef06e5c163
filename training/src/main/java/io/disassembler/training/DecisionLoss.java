package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Aims at a full network's decisions, which the batches carry as probabilities: the
 * Kullback-Leibler divergence from them, which is the cross-entropy but for what no sub-network can
 * change, summed over the decisions at a pixel and averaged over the pixels, those of rare
 * categories counting for more.
 *
 * @param scores what of the logits competes
 * @param weights how much a pixel of each chosen category counts
 */
record DecisionLoss(DecisionScores scores, List<Double> weights) implements Objective {
  private static final double LEAST = 1e-6;

  DecisionLoss {
    weights = List.copyOf(weights);
  }

  @Override
  public Tensor loss(Tensor logits, Function<String, Tensor> values, Batch batch) {
    Tensor wanted = answers(batch);
    Tensor found = scores.of(logits).log_softmax(1);
    Tensor divergence = wanted.mul(wanted.clamp_min(new Scalar(LEAST)).log().sub(found));
    return divergence.sum(1).mul(wanted.mul(constants()).sum(1)).sum(1).mean();
  }

  private Tensor constants() {
    return scores.factors(weights).reshape(1, scores.count(), scores.decisions(), 1, 1);
  }

  /** The full network's probabilities for a batch: N x scores x decisions x h x w. */
  static Tensor answers(Batch batch) {
    Weight answers = batch.answers().orElseThrow();
    return TensorData.of(answers).to(ScalarType.Float);
  }

  @Override
  public long[] truth(Batch batch) {
    return DecisionLabels.of(scores)
        .labels(TensorData.longs(answers(batch).argmax(new LongOptional(1), false)), batch.size());
  }

  @Override
  public String describe() {
    return toString();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
