package io.disassembler.training;

import io.disassembler.data.LabelledBitmap;
import io.disassembler.operator.TensorData;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Aims at the labels of the masks, with a {@link LossSettings loss}. */
public final class LabelLoss implements Objective {
  private static final long MEAN = 1;
  private static final double SMOOTH = 1;

  private final LossSettings settings;

  public LabelLoss(LossSettings settings) {
    this.settings = settings;
  }

  @Override
  public Tensor loss(Tensor logits, Function<String, Tensor> values, Batch batch) {
    Tensor labels = labels(batch, logits);
    Tensor maps = enlarge(logits, labels.size(1), labels.size(2));
    if (settings.dice() == 0) {
      return crossEntropy(maps, labels).mul(new Scalar(settings.crossEntropy()));
    }
    Tensor dice = dice(maps, labels).mul(new Scalar(settings.dice()));
    return settings.crossEntropy() == 0
        ? dice
        : crossEntropy(maps, labels).mul(new Scalar(settings.crossEntropy())).add(dice);
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

  private Tensor crossEntropy(Tensor maps, Tensor labels) {
    return torch.cross_entropy_loss(
        maps, labels, categoryWeights(maps), MEAN, LabelledBitmap.IGNORED, 0);
  }

  private TensorOptional categoryWeights(Tensor maps) {
    if (settings.categoryWeights().isEmpty()) {
      return new TensorOptional();
    }
    float[] weights = new float[settings.categoryWeights().size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = settings.categoryWeights().get(i).floatValue();
    }
    return new TensorOptional(Tensor.create(weights).to(maps.device(), maps.scalar_type()));
  }

  private static Tensor dice(Tensor maps, Tensor labels) {
    Tensor counted = counted(labels, maps).unsqueeze(1);
    Tensor known = labels.clamp_min(new Scalar(0));
    Tensor truth =
        torch.one_hot(known, maps.size(1)).movedim(-1, 1).to(maps.scalar_type()).mul(counted);
    return diceLoss(maps.softmax(1).mul(counted), truth);
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

  private static Tensor counted(Tensor labels, Tensor maps) {
    return labels.ge(new Scalar(0)).to(maps.scalar_type());
  }

  /** The labels of a batch as a tensor N x H x W on the device of {@code like}. */
  private static Tensor labels(Batch batch, Tensor like) {
    Tensor labels =
        TensorData.ofLongs(
            batch.labels(),
            batch.size(),
            batch.images().shape().dimension(2),
            batch.images().shape().dimension(3));
    return labels.to(like.device(), labels.scalar_type());
  }
}
