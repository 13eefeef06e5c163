package io.disassembler.operator;

/** An operator that may stand between a network's logits and its output. */
public interface AfterLogits {

  /**
   * True if it turns logits, its first input, into probabilities or labels; false if it only hands
   * on its first input, perhaps in another type or without an axis of extent 1.
   */
  boolean decides();
}
