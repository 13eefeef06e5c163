package io.disassembler.channel;

import io.disassembler.base.Stable;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A layer with kernels.
 *
 * @param index position among the network's layers with kernels
 * @param name that of the value it puts out, by which plans, scores and profiles know it, too
 * @param node its node's name, or what stands for one
 * @param operator ONNX operator
 * @param weightName name of its weight
 * @param weight shape of its weight
 * @param cost of it alone
 * @param input what it reads
 * @param output what it makes
 * @param tied other layers with kernels that live and die with some of this one's
 */
@Stable
public record Layer(
    int index,
    String name,
    String node,
    String operator,
    String weightName,
    Shape weight,
    Cost cost,
    Input input,
    Output output,
    List<Integer> tied) {

  public Layer {
    tied = List.copyOf(tied);
  }

  /**
   * What a layer reads.
   *
   * @param removable channels that can be removed
   * @param layers layers whose output it is made of, with no other layer in between
   * @param image whether it is made of a network input
   */
  public record Input(int removable, List<Integer> layers, boolean image) {
    public Input {
      layers = List.copyOf(layers);
    }
  }

  /**
   * What a layer makes.
   *
   * @param value its name
   * @param groups the channel group of each kernel, {@link Channels#FIXED} where it is never
   *     removed
   * @param pinned why none of the kernels is ever removed; empty where some can be
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
  public record Output(String value, Shape shape, int[] groups, Optional<String> pinned) {

    /** Number of kernels. */
    public int kernels() {
      return groups.length;
    }

    /** Number of kernels that can be removed. */
    public int removable() {
      return (int) Arrays.stream(groups).filter(group -> group != Channels.FIXED).count();
    }
  }

  /** True if it has kernels or reads channels that can be removed. */
  public boolean isCuttable() {
    return input.removable() + output.removable() > 0;
  }
}
