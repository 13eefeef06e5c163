package io.disassembler.operator;

/** What an operator behind the logits does with them. */
public enum Decision {
  /** It computes something else. */
  NONE,
  /** It turns logits that compete into probabilities or labels. */
  MADE,
  /** It turns each logit into a probability or an answer, whatever the others are. */
  MADE_FOR_EACH,
  /** It only hands on its first input, perhaps in another type or without an axis of extent 1. */
  HANDED_ON,
  /** It picks or interpolates numbers of its first input, in maps of another size perhaps. */
  MOVED;

  /** Whether it turns logits into something else. */
  public boolean isMade() {
    return this == MADE || this == MADE_FOR_EACH;
  }
}
