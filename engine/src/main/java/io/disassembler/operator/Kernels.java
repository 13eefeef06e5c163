package io.disassembler.operator;

import io.disassembler.graph.Shape;
import java.util.OptionalInt;

/**
 * Where a weighted layer keeps its kernels: the layer multiplies the channels of its first operand,
 * the feature map, with its second, the weight, and sums over them.
 *
 * @param inputAxis the feature map's channel axis
 * @param inAxis the weight's axis of input channels (of one group)
 * @param outAxis the weight's axis of kernels (ConvTranspose: of one group)
 * @param bias index of the operand that carries one bias per kernel, there or omitted; empty if the
 *     layer takes none
 * @param group number of channel groups that are convolved apart
 * @param phases over how many output positions the kernel of one input position is spread: the
 *     product of the strides of a transposed convolution, 1 for every other layer
 */
public record Kernels(
    int inputAxis, int inAxis, int outAxis, OptionalInt bias, int group, int phases) {

  /** Those of a convolution: weight (M, C, spatial...), operand 2 as bias. */
  public static Kernels convolution() {
    return new Kernels(1, 1, 0, OptionalInt.of(2), 1, 1);
  }

  /** Those of a transposed convolution: weight (C, M, spatial...), operand 2 as bias. */
  public static Kernels transposedConvolution() {
    return new Kernels(1, 0, 1, OptionalInt.of(2), 1, 1);
  }

  /**
   * Those of a product with a stored matrix: weight (C, M), no bias.
   *
   * @param inputAxis the feature map's channel axis
   */
  public static Kernels matrix(int inputAxis) {
    return new Kernels(inputAxis, 0, 1, OptionalInt.empty(), 1, 1);
  }

  /** These with the weight's two axes swapped: a matrix (M, C). */
  public Kernels transposed() {
    return new Kernels(inputAxis, outAxis, inAxis, bias, group, phases);
  }

  /** These with operand {@code operand} as bias. */
  public Kernels withBias(int operand) {
    return new Kernels(inputAxis, inAxis, outAxis, OptionalInt.of(operand), group, phases);
  }

  /** These in {@code groups} that are convolved apart. */
  public Kernels grouped(int groups) {
    return new Kernels(inputAxis, inAxis, outAxis, bias, groups, phases);
  }

  /** These, each spread over {@code positions} positions of the output. */
  public Kernels spreadOver(int positions) {
    return new Kernels(inputAxis, inAxis, outAxis, bias, group, positions);
  }

  /** Index of the operand that carries the feature map. */
  public int input() {
    return 0;
  }

  /** Index of the operand that carries the weight. */
  public int weight() {
    return 1;
  }

  /** True for layouts whose weight lists the input channels of all groups (ConvTranspose). */
  public boolean isInputFirst() {
    return inAxis < outAxis;
  }

  /** The number of kernels, those of all groups, in a weight of that shape. */
  public int count(Shape weight) {
    int listed = Math.toIntExact(weight.dimension(outAxis));
    return isInputFirst() ? listed * group : listed;
  }
}
