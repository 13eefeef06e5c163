package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.DecisionRule;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Aims at what another network, the teacher, makes of the same images; needs no masks. The
 * teacher's logits are reduced to {@code other}, the largest of those not chosen, and the chosen
 * categories, or to the chosen ones where they are independent; the loss is the cross-entropy
 * between the two networks' probabilities, averaged over all decisions (Hinton et al., "Distilling
 * the Knowledge in a Neural Network", 2015, with a temperature of the teacher alone; at 0 these are
 * the pseudo-labels of Lee, 2013) and, so that rare categories are not given up, the Dice loss
 * between them. The feature maps of both can count too (Romero et al., "FitNets: Hints for Thin
 * Deep Nets", 2015, without a regressor, since the channels of a sub-network are some of the
 * teacher's): the mean over them of the squared difference as a share of the teacher's variance.
 */
public final class Distillation implements Objective {
  private static final double EPSILON = 1e-6;

  private final Trainee teacher;
  private final CategoryMapping mapping;
  private final DecisionScores scores;
  private final DecisionScores own;
  private final DistillationSettings settings;
  private final Engine engine;

  /**
   * @param teacher the full network; must read images as the trained network does
   * @param mapping from the teacher's categories to those of the trained network
   * @param device where to compute, as libtorch spells it
   * @throws InvalidInputException if the mapping is from other categories than the teacher's
   */
  public Distillation(
      Trainee teacher, CategoryMapping mapping, DistillationSettings settings, String device) {
    this.teacher = teacher;
    this.mapping = mapping;
    scores = new DecisionScores(mapping);
    own =
        DecisionScores.ofAll(
            mapping.names().size(), mapping.independent() && mapping.names().size() > 1);
    this.settings = settings;
    String name = teacher.program().network().name();
    if (!mapping.source().equals(teacher.card().categories())) {
      throw new InvalidInputException(
          "%s: cannot teach: expected the categories %s, found %s; use the network that the sub-network was cut from"
              .formatted(name, mapping.source(), teacher.card().categories()));
    }
    if (mapping.independent() != teacher.card().independent()) {
      throw new InvalidInputException(
          "%s: cannot teach: expected 'decision: %s' in its network card, as the sub-network has it; use the card that it was cut with"
              .formatted(
                  name,
                  (mapping.independent() ? DecisionRule.INDEPENDENT : DecisionRule.EXCLUSIVE)
                      .word()),
          Setting.CARD);
    }
    engine = teacher.engine(device);
  }

  @Override
  public Set<String> values() {
    return settings.shared().channels().keySet();
  }

  @Override
  public Tensor loss(Tensor logits, Function<String, Tensor> values, Batch batch) {
    SharedFeatureMaps shared = settings.shared();
    double dice = settings.dice();
    Map<String, Weight> answers = answers(batch, shared.channels());
    Tensor targets = on(logits, Objects.requireNonNull(answers.get(teacher.logits())));
    Tensor found = own.of(LabelLoss.enlarge(logits, targets.size(3), targets.size(4)));
    Tensor wanted = probabilities(targets);
    Tensor loss = wanted.mul(found.log_softmax(1)).sum(1).mean().mul(new Scalar(dice - 1));
    if (dice > 0) {
      Tensor missed = LabelLoss.diceLoss(own.ofChosen(found.softmax(1)), own.ofChosen(wanted));
      loss = loss.add(missed.mul(new Scalar(dice)));
    }
    for (String name : shared.channels().keySet()) {
      Tensor expected = on(logits, Objects.requireNonNull(answers.get(name)));
      Tensor difference = distance(values.apply(name), expected);
      loss = loss.add(difference.mul(new Scalar(shared.share() / shared.channels().size())));
    }
    return loss;
  }

  private Tensor probabilities(Tensor targets) {
    if (settings.temperature() > 0) {
      return targets.div(new Scalar(settings.temperature())).softmax(1);
    }
    return torch
        .one_hot(decisions(targets), targets.size(1))
        .movedim(-1, 1)
        .to(targets.scalar_type());
  }

  private Tensor decisions(Tensor targets) {
    return scores.atThresholds(targets, teacher.card()).argmax(new LongOptional(1), false);
  }

  private static Tensor on(Tensor like, Weight answer) {
    return TensorData.of(answer).to(like.device(), like.scalar_type());
  }

  private static Tensor distance(Tensor found, Tensor expected) {
    Tensor variance = expected.sub(expected.mean()).square().mean();
    return found.sub(expected).square().mean().div(variance.add(new Scalar(EPSILON)));
  }

  @Override
  public long[] truth(Batch batch) {
    Weight targets = Objects.requireNonNull(answers(batch, Map.of()).get(teacher.logits()));
    return NativeScope.in(
        () -> {
          Tensor large =
              LabelLoss.enlarge(
                  TensorData.of(targets).flatten(1, 2),
                  batch.images().shape().dimension(2),
                  batch.images().shape().dimension(3));
          Tensor scored =
              large.reshape(
                  batch.size(), scores.count(), scores.decisions(), large.size(2), large.size(3));
          return DecisionLabels.of(own).labels(TensorData.longs(decisions(scored)), batch.size());
        });
  }

  /**
   * The teacher's logits for the categories of the trained network, and channels of more values.
   */
  private Map<String, Weight> answers(Batch batch, Map<String, List<Integer>> channels) {
    Set<String> kept = new HashSet<>(channels.keySet());
    kept.add(teacher.logits());
    return engine.run(
        Map.of(teacher.input().name(), batch.images()),
        ForwardRequest.keeping(kept),
        forward -> {
          Map<String, Weight> answers = new HashMap<>();
          channels.forEach(
              (name, some) ->
                  answers.put(
                      name,
                      TensorData.toWeight(name, DecisionScores.select(forward.value(name), some))));
          String logits = teacher.logits();
          answers.put(logits, TensorData.toWeight(logits, scores.of(forward.value(logits))));
          return answers;
        });
  }

  @Override
  public String describe() {
    return teacher.program().network().name() + mapping.toJson() + settings;
  }

  @Override
  public void close() {
    engine.close();
  }
}
