package io.disassembler.operator;

/**
 * What an operator tells about its channels. Labels name channels; labels that are united live and
 * die together, labels that are pinned live for ever.
 */
public interface ChannelFlow extends Operands {

  /** True if input {@code index} is a stored weight. */
  boolean isWeight(int index);

  /**
   * The labels of input {@code index}. For a weight: a fresh label for each element, after which
   * the weight is sliced as those labels turn out.
   */
  Labels labels(int index);

  /**
   * The labels of input {@code index}, after uniting elements until they differ along one axis at
   * most.
   */
  Labels straight(int index);

  /** Declares the labels of output {@code index}. */
  void output(int index, Labels labels);

  /** Number of outputs of the node. */
  int outputs();

  /**
   * Fresh labels for output {@code index}, one for each kernel along {@code axis}, which this
   * node's weights make: the only labels that can be removed.
   */
  int[] kernels(int index, int axis);

  /** Fresh labels for positions that come and go with what they are united with. */
  int[] fresh(int count);

  void unite(int first, int second);

  /** Never remove {@code label}; {@code reason} is shown to the user. */
  void pin(int label, String reason);

  /** Never remove {@code label}, the only one of a value: nothing of that would be left. */
  void pinWhole(int label);

  /** Never remove any of {@code labels}. */
  default void pin(Labels labels, String reason) {
    for (int label : labels.values()) {
      pin(label, reason);
    }
  }

  /**
   * Slice weight input {@code index} along {@code axis}: index i goes when {@code labels[i]} goes.
   */
  void slices(int index, int axis, int[] labels);

  /**
   * The labels along {@code axis} of input {@code index}, after uniting all elements that share an
   * index along it.
   */
  int[] channels(int index, int axis);

  /**
   * The elements of labels unite with each other within every index along {@code axis}.
   *
   * @return the labels along {@code axis}
   */
  int[] uniteAcross(Labels labels, int axis);

  /**
   * Labels of the outputs of an operator that only moves data: {@code operator} itself is run with
   * labels for the data inputs and with their own values for the others.
   */
  java.util.List<Labels> trace(Operator operator, java.util.function.IntPredicate isData);

  /** The integers that input {@code index} held when the network was probed. */
  long[] integers(int index);

  /**
   * True if the first output is subtracted from the first input, as where a normalisation that is
   * written out centres it.
   */
  boolean centres();

  /** No channel enters or leaves this node that could be removed. */
  default void pinAll(String reason) {
    for (int index = 0; index < inputs(); index++) {
      if (has(index) && !isWeight(index)) {
        pin(labels(index), reason);
      }
    }
    for (int index = 0; index < outputs(); index++) {
      output(index, Labels.constant(output(index), Labels.NONE));
    }
  }
}
