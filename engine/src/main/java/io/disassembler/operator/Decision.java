package io.disassembler.operator;

/** What an operator behind the logits does with them. */
public enum Decision {
  /** It computes something else. */
  NONE,
  /** It turns logits into probabilities or labels. */
  MADE,
  /** It only hands on its first input, perhaps in another type or without an axis of extent 1. */
  HANDED_ON,
  /** It picks or interpolates numbers of its first input, in maps of another size perhaps. */
  MOVED
}
