package io.disassembler.training;

import io.disassembler.InvalidInputException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Aims at what another network, the teacher, makes of the same images; needs no masks. The
 * teacher's logits are reduced to {@code other}, the largest of those not chosen, and the chosen
 * categories; the loss is the cross-entropy between the two networks' probabilities (Hinton et al.,
 * "Distilling the Knowledge in a Neural Network", 2015, at temperature 1).
 */
public final class Distillation implements Objective {
  private final Trainee teacher;
  private final CategoryMapping mapping;
  private final Engine engine;

  /**
   * @param teacher the full network; must read images as the trained network does
   * @param mapping from the teacher's categories to those of the trained network
   * @param device where to compute, as libtorch spells it
   * @throws InvalidInputException if the mapping is from other categories than the teacher's
   */
  public Distillation(Trainee teacher, CategoryMapping mapping, String device) {
    this.teacher = teacher;
    this.mapping = mapping;
    String name = teacher.program().network().name();
    if (!mapping.source().equals(teacher.card().categories())) {
      throw new InvalidInputException(
          "%s: cannot teach: expected the categories %s, found %s; use the network that the sub-network was cut from"
              .formatted(name, mapping.source(), teacher.card().categories()));
    }
    engine = Engine.of(teacher.program(), device);
  }

  @Override
  public Tensor loss(Tensor logits, Batch batch) {
    Tensor targets = TensorData.of(targets(batch)).to(logits.device(), logits.scalar_type());
    Tensor maps = LabelLoss.enlarge(logits, targets.size(2), targets.size(3));
    return targets.softmax(1).mul(torch.log_softmax(maps, 1)).sum(1).mean().neg();
  }

  @Override
  public long[] truth(Batch batch) {
    Weight targets = targets(batch);
    return NativeScope.in(
        () ->
            TensorData.longs(
                torch.argmax(
                    LabelLoss.enlarge(
                        TensorData.of(targets),
                        batch.images().shape().dimension(2),
                        batch.images().shape().dimension(3)),
                    new LongOptional(1),
                    false)));
  }

  /** The teacher's logits for the categories of the trained network. */
  private Weight targets(Batch batch) {
    return engine.run(
        Map.of(teacher.input().name(), batch.images()),
        ForwardRequest.keeping(Set.of(teacher.logits())),
        forward -> TensorData.toWeight("targets", reduced(forward.value(teacher.logits()))));
  }

  private Tensor reduced(Tensor logits) {
    List<Tensor> maps = new ArrayList<>();
    if (!mapping.other().isEmpty()) {
      maps.add(select(logits, mapping.other()).amax(new long[] {1}, true));
    }
    maps.add(select(logits, mapping.chosen()));
    return torch.cat(new TensorVector(maps.toArray(Tensor[]::new)), 1);
  }

  private static Tensor select(Tensor logits, List<Integer> categories) {
    long[] indices = categories.stream().mapToLong(Integer::longValue).toArray();
    Tensor index = TensorData.ofLongs(indices, indices.length);
    return logits.index_select(1, index.to(logits.device(), index.scalar_type()));
  }

  @Override
  public String describe() {
    return teacher.program().network().name() + mapping.toJson();
  }

  @Override
  public void close() {
    engine.close();
  }
}
