package io.disassembler.operator;

/**
 * Where a weighted layer keeps its kernels: the layer multiplies input channels with a weight and
 * sums over them.
 *
 * @param input index of the operand that carries the feature map
 * @param inputAxis the feature map's channel axis
 * @param weight index of the operand that carries the weight
 * @param inAxis the weight's axis of input channels (of one group)
 * @param outAxis the weight's axis of kernels (ConvTranspose: of one group)
 * @param bias index of the operand that carries one bias per kernel, present or not; negative if
 *     this operator has none
 * @param group number of channel groups that are convolved apart
 * @param phases over how many output positions the kernel of one input position is spread: the
 *     product of the strides of a transposed convolution, 1 for every other layer
 */
public record Kernels(
    int input,
    int inputAxis,
    int weight,
    int inAxis,
    int outAxis,
    int bias,
    int group,
    int phases) {}
