package io.disassembler.training;

import org.bytedeco.pytorch.Tensor;

/** What training aims at. */
public interface Objective extends AutoCloseable {

  /**
   * The loss of a batch, inside a native scope of the caller.
   *
   * @param logits N x K x h x w
   * @return a scalar with gradients
   */
  Tensor loss(Tensor logits, Batch batch);

  /**
   * The category that each pixel of the batch should get, N x H x W; negative where any will do.
   */
  long[] truth(Batch batch);

  /** What the loss depends on besides the images, to tell runs apart. */
  String describe();

  @Override
  void close();
}
