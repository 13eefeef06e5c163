package io.disassembler.attribution;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What is decided at a pixel, and between which scores (docs/architecture.md, "The method"). Where
 * categories exclude each other that is one decision between the chosen categories and the rest,
 * whose logits are merged as the head of a sub-network merges them. A single category, and each of
 * independent ones, has a decision of its own: its logit against 0. So the softmax over the scores
 * of a decision are the probabilities, whatever the kind.
 *
 * @param other indices of the categories that were not chosen
 * @param chosen indices of the chosen ones
 * @param independent whether each chosen category says yes or no
 */
public record DecisionScores(List<Integer> other, List<Integer> chosen, boolean independent) {

  public DecisionScores {
    other = List.copyOf(other);
    chosen = List.copyOf(chosen);
  }

  /** Of the categories of a mapping from a full network to a sub-network. */
  public DecisionScores(CategoryMapping mapping) {
    this(mapping.other(), mapping.chosen(), mapping.independent());
  }

  /**
   * @param chosen indices of the chosen categories
   * @param categories how many there are
   */
  public static DecisionScores of(List<Integer> chosen, int categories, boolean independent) {
    return new DecisionScores(
        IntStream.range(0, categories).filter(k -> !chosen.contains(k)).boxed().toList(),
        chosen,
        independent);
  }

  /** Of a network's own categories, all of them. */
  public static DecisionScores ofAll(int categories, boolean independent) {
    return of(IntStream.range(0, categories).boxed().toList(), categories, independent);
  }

  /** Whether each chosen category is decided by itself: yes or no. */
  public boolean eachByItself() {
    return independent || (other.isEmpty() && chosen.size() == 1);
  }

  /**
   * The scores that compete.
   *
   * @param logits N x K x h x w
   * @return N x scores x decisions x h x w: (other, if there is any, and the chosen categories) x
   *     1, or (0 and the logit) x the chosen categories
   */
  public Tensor of(Tensor logits) {
    Tensor mine = chosen(logits);
    if (eachByItself()) {
      return torch.stack(new TensorVector(torch.zeros_like(mine), mine), 1);
    }
    if (other.isEmpty()) {
      return mine.unsqueeze(2);
    }
    Tensor rest = select(logits, other).amax(new long[] {1}, true);
    return torch.cat(new TensorVector(rest, mine), 1).unsqueeze(2);
  }

  private Tensor chosen(Tensor logits) {
    boolean all =
        other.isEmpty() && chosen.equals(IntStream.range(0, chosen.size()).boxed().toList());
    return all ? logits : select(logits, chosen);
  }

  /** Which of the scores of a decision are a chosen category's: from this one on. */
  public int firstChosen() {
    return eachByItself() || !other.isEmpty() ? 1 : 0;
  }

  /** How many scores a decision is between. */
  public int count() {
    return firstChosen() + competing();
  }

  /** How many chosen categories a decision is between. */
  public int competing() {
    return eachByItself() ? 1 : chosen.size();
  }

  /** How many decisions there are at a pixel. */
  public int decisions() {
    return eachByItself() ? chosen.size() : 1;
  }

  /** Whether a head can move the boundary between the chosen categories and the rest. */
  public boolean canBalance() {
    return firstChosen() == 1;
  }

  /**
   * Those of the chosen categories.
   *
   * @param maps N x scores x decisions x h x w
   * @return N x chosen categories x h x w
   */
  public Tensor ofChosen(Tensor maps) {
    return maps.narrow(1, firstChosen(), competing()).flatten(1, 2);
  }

  /**
   * Factors for all scores, 1 for those that are no chosen category's.
   *
   * @param ofChosen one for each chosen category
   * @return scores x decisions
   */
  public Tensor factors(List<Double> ofChosen) {
    float[] factors = new float[count() * decisions()];
    Arrays.fill(factors, 1);
    // Of chosen categories one or the other has more than one, so that their order is the same.
    for (int i = 0; i < ofChosen.size(); i++) {
      factors[firstChosen() * decisions() + i] = ofChosen.get(i).floatValue();
    }
    return Tensor.create(factors).reshape(count(), decisions());
  }

  /**
   * Scores of which the highest is decided for, where a category that is decided by itself need not
   * be likelier than not.
   *
   * @param maps N x scores x decisions x h x w
   * @param card the card whose categories were chosen from, with their thresholds
   */
  public Tensor atThresholds(Tensor maps, NetworkCard card) {
    if (!eachByItself() || card.thresholds().isEmpty()) {
      return maps;
    }
    float[] shifts = new float[2 * decisions()];
    for (int i = 0; i < decisions(); i++) {
      double threshold = card.threshold(chosen.get(i));
      shifts[i] = (float) Math.log(threshold / (1 - threshold));
    }
    long[] extents = new long[Math.toIntExact(maps.dim())];
    Arrays.fill(extents, 1);
    extents[1] = 2;
    extents[2] = decisions();
    Tensor shift = Tensor.create(shifts).reshape(extents);
    return maps.add(shift.to(maps.device(), maps.scalar_type()));
  }

  /** The maps of some categories. */
  public static Tensor select(Tensor logits, List<Integer> categories) {
    long[] indices = categories.stream().mapToLong(Integer::longValue).toArray();
    Tensor index = TensorData.ofLongs(indices, indices.length);
    return logits.index_select(1, index.to(logits.device(), index.scalar_type()));
  }
}
