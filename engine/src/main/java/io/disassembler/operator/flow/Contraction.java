package io.disassembler.operator.flow;

import io.disassembler.graph.Shape;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Labels;
import java.util.stream.IntStream;

/**
 * How channels flow through a product of two matrices, or stacks of them: a (..., M, K) times b
 * (..., K, N) gives (..., M, N), summed over K. Where b is a stored matrix it holds kernels, as a
 * convolution's weight does; otherwise channels along K of both must go together, those along M or
 * N pass through, and so do those along the stack.
 *
 * @param contractedA a's axis of extent K, from the front
 * @param contractedB b's axis of extent K, from the front
 */
public record Contraction(int contractedA, int contractedB) {
  private static final String MIXES = "it mixes channels of both operands";
  private static final int ROWS = 2;
  private static final int COLUMNS = 1;

  /**
   * @param freeB b's axis of extent N, from the front
   * @return the labels of the output
   */
  public Labels flow(ChannelFlow flow, int freeB) {
    Shape output = flow.output(0);
    if (flow.isWeight(1) && flow.isWeight(0)) {
      return Labels.constant(output, Labels.NONE);
    }
    if (flow.isWeight(1) && flow.input(1).rank() == 2) {
      return kernels(flow, freeB);
    }
    for (int value = 0; value < 2; value++) {
      int stack = flow.isWeight(value) ? -1 : stack(flow.labels(value));
      if (stack >= 0) {
        return stacked(flow, value, stack);
      }
    }
    if (flow.isWeight(1)) {
      return fixed(flow, 0, contractedA, 1, contractedB);
    }
    if (flow.isWeight(0)) {
      return fixed(flow, 1, contractedB, 0, contractedA);
    }
    return values(flow);
  }

  /** The first axis before the matrix axes along which labels differ; negative if none. */
  private static int stack(Labels labels) {
    return IntStream.range(0, labels.shape().rank() - 2)
        .filter(labels::varies)
        .findFirst()
        .orElse(-1);
  }

  /** Whole matrices of the stack come and go: in both operands, and in the output. */
  private static Labels stacked(ChannelFlow flow, int value, int axis) {
    int[] labels = flow.channels(value, axis);
    int behind = flow.input(value).rank() - axis;
    int other = 1 - value;
    int otherAxis = flow.input(other).rank() - behind;
    if (otherAxis >= 0 && flow.input(other).dimension(otherAxis) > 1) {
      PerChannel.follow(flow, other, otherAxis, labels);
    } else if (!flow.isWeight(other)) {
      flow.pin(flow.labels(other), MIXES);
    }
    Shape output = flow.output(0);
    return Labels.along(output, output.rank() - behind, labels);
  }

  /** b is a stored matrix: K is read and N is new, unless a's channels lie along M. */
  private Labels kernels(ChannelFlow flow, int freeB) {
    Shape output = flow.output(0);
    Labels a = flow.labels(0);
    int passing = passing(a, contractedA);
    if (passing >= 0 && !a.varies(contractedA)) {
      return passed(a, passing, ROWS, output);
    }
    int[] kernels = flow.kernels(0, output.rank() - 1);
    flow.slices(1, contractedB, flow.channels(0, contractedA));
    flow.slices(1, freeB, kernels);
    return Labels.along(output, output.rank() - 1, kernels);
  }

  /** One operand is stored and makes no kernels: it is sliced along K, or left as it is. */
  private static Labels fixed(
      ChannelFlow flow, int value, int contracted, int weight, int weightContracted) {
    Shape output = flow.output(0);
    Labels labels = flow.labels(value);
    int passing = passing(labels, contracted);
    if (labels.varies(contracted) && varying(labels) == 1) {
      flow.slices(weight, weightContracted, labels.along(contracted));
    } else if (passing >= 0 && varying(labels) == 1) {
      return passed(labels, passing, value == 0 ? ROWS : COLUMNS, output);
    } else {
      flow.pin(labels, MIXES);
    }
    return Labels.constant(output, Labels.NONE);
  }

  /** Both operands are computed. */
  private Labels values(ChannelFlow flow) {
    Shape output = flow.output(0);
    Labels a = flow.labels(0);
    Labels b = flow.labels(1);
    boolean aPasses = varying(a) == 1 && !a.varies(contractedA);
    boolean bPasses = varying(b) == 1 && !b.varies(contractedB);
    boolean clear = varying(a) <= 1 && varying(b) <= 1 && varying(a) + varying(b) > 0;
    if (clear && !aPasses && !bPasses) {
      int[] left = a.along(contractedA);
      int[] right = b.along(contractedB);
      for (int k = 0; k < left.length; k++) {
        flow.unite(left[k], right[k]);
      }
      return Labels.constant(output, Labels.NONE);
    }
    if (clear && aPasses && !bPasses) {
      flow.pin(b, MIXES);
      return passed(a, passing(a, contractedA), ROWS, output);
    }
    if (clear && bPasses && !aPasses) {
      flow.pin(a, MIXES);
      return passed(b, passing(b, contractedB), COLUMNS, output);
    }
    flow.pin(a, MIXES);
    flow.pin(b, MIXES);
    return Labels.constant(output, Labels.NONE);
  }

  private static int varying(Labels labels) {
    return (int) IntStream.range(0, labels.shape().rank()).filter(labels::varies).count();
  }

  /** The one axis besides {@code contracted} along which labels differ; negative if not one. */
  private static int passing(Labels labels, int contracted) {
    int[] axes =
        IntStream.range(0, labels.shape().rank())
            .filter(axis -> axis != contracted && labels.varies(axis))
            .toArray();
    return axes.length == 1 ? axes[0] : -1;
  }

  /**
   * Labels that lie along {@code axis} of an operand, on the output.
   *
   * @param fromBack where the operand's free matrix axis lies in the output: 2 for M, 1 for N
   */
  private static Labels passed(Labels labels, int axis, int fromBack, Shape output) {
    int behind = labels.shape().rank() - axis;
    int target = output.rank() - (behind > 2 ? behind : fromBack);
    return Labels.along(output, target, labels.along(axis));
  }
}
