package io.disassembler.operator;

import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link Operator} also is that normalises each channel by statistics that are known before
 * it runs.
 */
public interface Normalizing {

  /** Index of the operand that each channel is multiplied with, its gamma. */
  int channelScale();

  /** Index of the operand that is added to each channel in the end, its beta. */
  int channelShift();

  /**
   * What this does in inference to each channel along axis 1 of its first input; empty where its
   * parameters are not all stored.
   *
   * @param operands the stored weights among the inputs, in their order
   */
  Optional<Affine> affine(List<Optional<Weight>> operands);
}
