package io.disassembler.training;

import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** What training aims at. */
public interface Objective extends AutoCloseable {

  /** Values of the trained network that the loss looks at besides the logits, by name. */
  default Set<String> values() {
    return Set.of();
  }

  /**
   * The loss of a batch, inside a native scope of the caller.
   *
   * @param logits N x K x h x w
   * @param values gives what {@link #values} names
   * @return a scalar with gradients
   */
  Tensor loss(Tensor logits, Function<String, Tensor> values, Batch batch);

  /**
   * The category that each pixel of the batch should get, N x H x W, or the set of those that are
   * independent; negative where any will do.
   */
  long[] truth(Batch batch);

  /** What the loss depends on besides the images, to tell runs apart. */
  String describe();

  @Override
  void close();
}
