package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.data.LabelledBitmap;
import io.disassembler.data.NetworkCard;
import io.disassembler.operator.TensorData;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Aims at the labels of the masks, with a {@link LossSettings loss}. Where several decisions are
 * made at a pixel, because categories are independent, the cross-entropy is the mean of theirs.
 */
public final class LabelLoss implements Objective {
  private static final long MEAN = 1;
  private static final double SMOOTH = 1;

  private final LossSettings settings;
  private final DecisionScores decisions;

  /**
   * @param card of the network that is trained
   */
  public LabelLoss(LossSettings settings, NetworkCard card) {
    this.settings = settings;
    decisions = Trainee.decisions(card);
  }

  @Override
  public Tensor loss(Tensor logits, Function<String, Tensor> values, Batch batch) {
    Tensor truth = truth(batch, logits);
    Tensor scores = decisions.of(enlarge(logits, truth.size(2), truth.size(3)));
    if (settings.dice() == 0) {
      return crossEntropy(scores, truth).mul(new Scalar(settings.crossEntropy()));
    }
    Tensor dice = dice(scores, truth).mul(new Scalar(settings.dice()));
    return settings.crossEntropy() == 0
        ? dice
        : crossEntropy(scores, truth).mul(new Scalar(settings.crossEntropy())).add(dice);
  }

  @Override
  public long[] truth(Batch batch) {
    return batch.labels();
  }

  @Override
  public String describe() {
    return settings.toString();
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  /** Logits at another size, bilinear with half-pixel centres. */
  static Tensor enlarge(Tensor logits, long height, long width) {
    return logits.size(2) == height && logits.size(3) == width
        ? logits
        : torch.upsample_bilinear2d(logits, new long[] {height, width}, false);
  }

  private Tensor crossEntropy(Tensor scores, Tensor truth) {
    TensorVector all = new TensorVector();
    for (int decision = 0; decision < decisions.decisions(); decision++) {
      all.push_back(
          torch.cross_entropy_loss(
              scores.select(2, decision),
              truth.select(1, decision),
              weights(decision, scores),
              MEAN,
              LabelledBitmap.IGNORED,
              0));
    }
    return all.size() == 1 ? all.get(0) : torch.stack(all, 0).mean();
  }

  private TensorOptional weights(int decision, Tensor like) {
    if (settings.categoryWeights().isEmpty()) {
      return new TensorOptional();
    }
    Tensor weights = decisions.factors(settings.categoryWeights()).select(1, decision);
    return new TensorOptional(weights.to(like.device(), like.scalar_type()));
  }

  private Tensor dice(Tensor scores, Tensor truth) {
    Tensor counted = truth.ge(new Scalar(0)).to(scores.scalar_type()).unsqueeze(1);
    Tensor wanted =
        torch
            .one_hot(truth.clamp_min(new Scalar(0)), decisions.count())
            .movedim(-1, 1)
            .to(scores.scalar_type());
    return diceLoss(
        decisions.ofChosen(scores.softmax(1).mul(counted)),
        decisions.ofChosen(wanted.mul(counted)));
  }

  /**
   * One minus the mean Dice coefficient (Milletari et al., "V-Net", 2016, without squares) over the
   * categories that the batch shows.
   *
   * @param found probabilities, N x K x H x W
   * @param truth the same; a category is shown where one of its is above a half
   */
  static Tensor diceLoss(Tensor found, Tensor truth) {
    long[] all = {0, 2, 3};
    Tensor both = found.mul(truth).sum(all);
    Tensor sizes = found.sum(all).add(truth.sum(all));
    Tensor coefficient =
        both.mul(new Scalar(2)).add(new Scalar(SMOOTH)).div(sizes.add(new Scalar(SMOOTH)));
    Tensor shown = truth.amax(all, false).gt(new Scalar(0.5)).to(found.scalar_type());
    Tensor missing = coefficient.neg().add(new Scalar(1)).mul(shown).sum();
    return missing.div(shown.sum().clamp_min(new Scalar(1)));
  }

  /** What is to be decided, N x decisions x H x W, on the device of {@code like}. */
  private Tensor truth(Batch batch, Tensor like) {
    Tensor truth =
        TensorData.ofLongs(
            DecisionLabels.of(decisions).decisions(batch.labels(), batch.size()),
            batch.size(),
            decisions.decisions(),
            batch.images().shape().dimension(2),
            batch.images().shape().dimension(3));
    return truth.to(like.device(), truth.scalar_type());
  }
}
