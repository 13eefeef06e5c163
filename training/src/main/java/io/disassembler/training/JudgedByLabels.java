package io.disassembler.training;

import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** Aims at what {@code aim} does, but the weights are chosen by the masks of validation images. */
public record JudgedByLabels(Objective aim) implements Objective {

  @Override
  public Set<String> values() {
    return aim.values();
  }

  @Override
  public Tensor loss(Tensor logits, Function<String, Tensor> values, Batch batch) {
    return aim.loss(logits, values, batch);
  }

  @Override
  public long[] truth(Batch batch) {
    return batch.labels();
  }

  @Override
  public String describe() {
    return "judged by labels: " + aim.describe();
  }

  @Override
  public void close() {
    aim.close();
  }
}
